import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { OWN_COLUMNS, OWN_ORDER } from './list.ts';
import type { CommunityChoice } from './present.ts';
import { isSlug } from './slug.ts';

const MOST_CHOICES = 500;

export interface Choosing {
  /** Archived ones, too, behind the others. */
  archived?: boolean;
  /** Slugs of those that are there in any case, if they are among his. */
  also?: readonly string[];
  most?: number;
}

export interface CommunityChoices {
  items: CommunityChoice[];
  /** He is in further ones. */
  more: boolean;
}

/** The actor's communities to choose among, by name: of more than `most`, those that he looked at last. */
export async function communityChoices(
  db: Db,
  actor: Actor,
  { archived = false, also = [], most = MOST_CHOICES }: Choosing = {},
): Promise<CommunityChoices> {
  const { rows } = await sql<CommunityChoice & { rank: number }>`
    select slug, name, emoji, access, standing, rank from (
      select ${OWN_COLUMNS}, ${OWN_ORDER} as key, communities.id,
        (row_number() over (order by slug = any(${also.filter(isSlug)}::text[]) desc, archived_at is not null,
          own.seen_at desc, communities.id))::int as rank
      from memberships own join communities on communities.id = own.community_id
      where own.person_id = ${actor.id} and (archived_at is null or ${archived})
      order by rank limit ${most + 1}) chosen
    order by key, id`.execute(db);
  const items = rows.filter(({ rank }) => rank <= most).map(({ rank: _, ...choice }) => choice);
  return { items, more: rows.length > most };
}
