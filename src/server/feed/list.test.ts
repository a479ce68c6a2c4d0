import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { follow } from '#server/conversation/follow.ts';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { listFeed } from './list.ts';

const { db } = await testDatabase();
const inside = await actorOf(db, 'helene.dargent');
const outside = await actorOf(db, 'lucie.ferrand');
const guest = await actorOf(db, 'pierre.alonzo');

const [{ id: claire }, { id: prices }] = await Promise.all([
  db.selectFrom('people').select('id').where('handle', '=', 'claire.martin').executeTakeFirstOrThrow(),
  db.selectFrom('tags').select('id').where('slug', '=', 'prix').executeTakeFirstOrThrow(),
]);
await inTransaction(db, async (tx) => {
  await follow(tx, outside, { kind: 'person', id: claire });
  await follow(tx, outside, { kind: 'tag', id: prices });
  await sql`delete from follows where kind = 'community' and person_id = ${outside.id}
    and target_id = (select id from communities where slug = 'le-comptoir')`.execute(tx);
});

type Scope = 'following' | 'all';
type Order = 'newest' | 'active';

/** The rule written once more, without a page and without any thought of its cost. */
async function rightful(actor: Actor, scope: Scope, order: Order = 'newest'): Promise<string[]> {
  const at = order === 'newest' ? sql`e.published_at` : sql`a.last_at`;
  const { rows } = await sql<{
    id: string;
  }>`select e.id from entries e join entry_activity a on a.entry_id = e.id where e.listed
      and (e.everyone and ${actor.role} <> 'guest'
        or exists (select 1 from memberships m where m.person_id = ${actor.id} and m.community_id = e.community_id))
      and (${scope} = 'all' or e.author_id = ${actor.id} or exists (select 1 from follows f
        where f.person_id = ${actor.id} and (f.target_id in (e.community_id, e.author_id)
          or f.target_id in (select tag_id from entry_tags where entry_id = e.id))))
    order by ${at} desc, e.id desc`.execute(db);
  return rows.map((row) => row.id);
}

async function paged(actor: Actor, scope: Scope, limit: number, order: Order = 'newest'): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listFeed>> = await listFeed(db, actor, {
      scope,
      cursor,
      limit,
      order,
    });
    ids.push(...page.items.map((item) => item.id));
    cursor = page.next;
  } while (cursor);
  return ids;
}

const everyView = (['following', 'all'] as const).flatMap((scope) =>
  [inside, outside, guest].map((actor) => ({ who: actor.handle, actor, scope })),
);

/** Newer than everything, more than a list looks at first, and only for those inside. */
async function bury(): Promise<void> {
  await sql`insert into entries (author_id, community_id, everyone, body, html, status, published_at)
    select ${inside.id}, id, false, 'x', 'x', 'published', now() + make_interval(secs => number)
    from communities, generate_series(1, 450) number where slug = 'face-a-norvalt'`.execute(db);
}

describe('a list read page by page', () => {
  test('has what its reader may see, whole and in order', async () => {
    for (const { actor, scope } of everyView) {
      const ids = await rightful(actor, scope);
      expect(ids.length).toBeGreaterThan(5);
      expect(await paged(actor, scope, 5)).toEqual(ids);
      expect(await paged(actor, scope, 5, 'active')).toEqual(await rightful(actor, scope, 'active'));
    }
  });

  test('posts of many places, all of one moment, come each once', async () => {
    const at = new Date('2020-01-01T00:00:00Z');
    await sql`with places as (insert into communities (slug, name, access, founder_id)
        select 'lieu-' || n, 'Lieu ' || n, 'closed', ${claire} from generate_series(1, 12) n returning id),
      joined as (insert into memberships (community_id, person_id) select id, ${inside.id} from places),
      followed as (insert into follows (person_id, kind, target_id) select ${inside.id}, 'community', id from places)
      insert into entries (author_id, community_id, everyone, title, body, html, status, created_at, published_at)
      select ${claire}, id, false, 'Importé', '', '', 'published', ${at}, ${at} from places order by random()`.execute(
      db,
    );
    for (const scope of ['all', 'following'] as const)
      expect(await paged(inside, scope, 3, 'active')).toEqual(await rightful(inside, scope, 'active'));
  });

  test('has the same beneath hundreds of newer ones that he may not see', async () => {
    const before = new Map<string, string[]>();
    for (const { who, actor, scope } of everyView)
      before.set(`${who} ${scope}`, await rightful(actor, scope));
    await bury();
    for (const { who, actor, scope } of everyView) {
      const ids = await paged(actor, scope, actor === inside ? 60 : 5);
      expect(ids).toEqual(await rightful(actor, scope));
      const known = before.get(`${who} ${scope}`)!;
      expect(ids).toHaveLength(actor === inside ? known.length + 450 : known.length);
    }
  });
});
