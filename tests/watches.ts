/** Shared and private watches for tests, as their owners would make them, in one go. */
import { sql } from 'kysely';
import { canonicalAddress } from '#server/desk/address.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';
import { actorOf } from './world.ts';

export interface SampleThing {
  title: string;
  /** A clip where there is one, else a note. */
  url?: string;
  body?: string;
  /** Kept for its owner alone, though its watch be shared. */
  private?: boolean;
  at?: Date;
}

export interface SampleWatch {
  owner: string;
  name: string;
  /** Slug of the community where it is shared; private without. */
  community?: string;
  things?: SampleThing[];
}

/** Makes the watch and all that stands in it. */
export async function sampleWatch(
  db: Db,
  { owner, name, community, things = [] }: SampleWatch,
): Promise<string> {
  const { id: ownerId } = await actorOf(db, owner);
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`insert into watches (owner_id, name, community_id, everyone, shared_at)
      select ${ownerId}, ${name}, c.id, c.open, case when c.id is not null then now() end
      from (values (1)) one left join communities c on c.slug = ${community ?? null}::text returning id`.execute(
      tx,
    );
    const watch = rows[0]?.id ?? '';
    const rowsOf = things.map((thing) => ({
      kind: thing.url ? 'clip' : 'note',
      title: thing.title,
      body: thing.body ?? '',
      url: thing.url ?? null,
      canonical: thing.url ? canonicalAddress(thing.url) : null,
      at: (thing.at ?? new Date()).toISOString(),
      shared: community !== undefined && thing.private !== true,
    }));
    await sql`insert into desk_items (owner_id, watch_id, finder_id, kind, title, body, excerpt, url, canonical_url,
        created_at, found_at, shared_at)
      select ${ownerId}, ${watch}, ${ownerId}, kind, title, body, body, url, canonical, at, at, case when shared then at end
      from json_to_recordset(${JSON.stringify(rowsOf)}) given (kind text, title text, body text, url text, canonical text,
        at timestamptz, shared boolean)`.execute(tx);
    return watch;
  });
}
