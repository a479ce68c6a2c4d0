import { sql } from 'kysely';
import { isGuest, type Actor, type Role } from '../actor.ts';
import { notFound } from '../errors.ts';
import { isHandle } from '../people/handle.ts';
import type { Db } from '../platform/db.ts';
import type { Access, PersonCard } from './present.ts';
import { ownCommunities, readableCommunities, visiblePeople } from './sight.ts';

interface CommunityLink {
  slug: string;
  name: string;
  emoji: string;
  access: Access;
  /** The viewer is in it, too. */
  shared: boolean;
}

/** A person on his own page. Somebody erased has only his pseudonym left. */
export interface ProfileView extends PersonCard {
  role: Role;
  bio: string;
  html: string;
  asksAbout: string[];
  helpsWith: string[];
  website: string | null;
  /** His blogs elsewhere, whose posts arrive here. */
  blogs: { title: string; url: string }[];
  since: string;
  /** The open ones, and those he shares with the viewer, which come first. */
  communities: CommunityLink[];
  /** There are further ones. */
  moreCommunities: boolean;
  following: boolean;
  may: { follow: boolean; edit: boolean; claim: boolean };
}

type Row = Omit<ProfileView, 'since' | 'may' | 'moreCommunities'> & { since: Date };

const MOST_COMMUNITIES = 60;
const MOST_BLOGS = 50;

/** A person the actor may know of. */
export async function readProfile(db: Db, actor: Actor, handle: string): Promise<ProfileView> {
  const row = isHandle(handle) ? await readRow(db, actor, handle) : undefined;
  if (!row) throw notFound();
  const self = row.id === actor.id;
  return {
    ...row,
    since: row.since.toISOString(),
    communities: row.communities.slice(0, MOST_COMMUNITIES),
    moreCommunities: row.communities.length > MOST_COMMUNITIES,
    may: {
      follow: !self && (row.status === 'active' || row.status === 'outside'),
      edit: self,
      claim: row.status === 'outside' && !isGuest(actor),
    },
  };
}

/** The line under a person's name, by his id; empty where he has none or the actor may not know of him. */
export async function headlineOf(db: Db, actor: Actor, id: string): Promise<string> {
  const { rows } = await sql<{ headline: string }>`
    select headline from people where id = ${id} and ${visiblePeople(actor)}`.execute(db);
  return rows[0]?.headline ?? '';
}

/** The id of a person the actor may know of. */
export async function personForReading(db: Db, actor: Actor, handle: string): Promise<string> {
  const person = await db
    .selectFrom('people')
    .select('id')
    .where('handle', '=', handle.toLowerCase())
    .where(visiblePeople(actor))
    .executeTakeFirst();
  if (!person) throw notFound();
  return person.id;
}

async function readRow(db: Db, actor: Actor, handle: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select id, handle, name, status, headline, picture, role, bio, bio_html as html, asks_about as "asksAbout",
      helps_with as "helpsWith", website, created_at as since,
      (select coalesce(json_agg(json_build_object('title', title, 'url', coalesce(site_url, feed_url)) order by title, id), '[]')
        from (select * from outside_blogs where person_id = people.id and origin <> ''
          order by title, id limit ${MOST_BLOGS}) blog) as blogs,
      exists (select 1 from follows where person_id = ${actor.id} and kind = 'person'
        and target_id = people.id) as following,
      (select coalesce(json_agg(json_build_object('slug', slug, 'name', place.name, 'emoji', emoji, 'access', access,
          'shared', shared) order by shared desc, name_key, place.id), '[]')
        from (select communities.*, communities.id in ${ownCommunities(actor)} as shared
          from memberships join communities on communities.id = memberships.community_id
          where memberships.person_id = people.id and people.status <> 'erased' and ${readableCommunities(actor)}
          order by shared desc, name_key, communities.id limit ${MOST_COMMUNITIES + 1}) place) as communities
    from people where handle = ${handle} and ${visiblePeople(actor)}`.execute(db);
  return rows[0];
}
