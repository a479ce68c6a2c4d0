import { sql } from 'kysely';
import type { DemoMoment, DemoPage } from '#demo/types.ts';
import type { Actor } from '../actor.ts';
import { createPage } from '../pages/create.ts';
import { commentPassage } from '../pages/passages.ts';
import { savePage } from '../pages/save.ts';
import type { Tx } from '../platform/db.ts';
import { momentBefore } from './moment.ts';

interface Company {
  now: Date;
  actor: (handle: string) => Actor;
}

/** Adds the pages with their versions and what is said beside them, as their writers would, and returns their ids by key. */
export async function addPages(tx: Tx, pages: DemoPage[], company: Company): Promise<Map<string, string>> {
  const { now, actor } = company;
  const ids = new Map<string, string>();
  for (const page of pages) {
    const { community, title, tags } = page;
    const parentId = page.under ? ids.get(page.under) : undefined;
    let { body } = page;
    const { id } = await createPage(tx, actor(page.by), {
      community,
      title,
      body,
      tags,
      ...(parentId && { parentId }),
    });
    ids.set(page.key, id);
    await stamp(tx, id, momentBefore(now, page));
    for (const edit of page.edits ?? []) {
      const changed = body.replace(edit.was, () => edit.is);
      if (changed === body) throw new Error(`demo/ changes what ${page.key} does not say: ${edit.was}`);
      body = changed;
      const version = await versionOf(tx, id);
      await savePage(tx, actor(edit.by), id, { body, version });
      await stamp(tx, id, momentBefore(now, edit));
    }
    for (const said of page.beside ?? []) await sayBeside(tx, id, said, company);
  }
  return ids;
}

async function versionOf(tx: Tx, id: string): Promise<number> {
  const { version } = await tx
    .selectFrom('entries')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return version;
}

/** Whatever was written of a page just now was written then. */
async function stamp(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update page_versions set begun_at = ${at}, changed_at = ${at} where page_id = ${id} and begun_at = now()::timestamptz(3)`.execute(
    tx,
  );
  await sql`update page_writers set first_at = ${at}, last_at = ${at} where page_id = ${id} and first_at = now()::timestamptz(3)`.execute(
    tx,
  );
  await sql`update entries set created_at = case when edited_at is null then ${at} else created_at end,
    published_at = case when edited_at is null then ${at} else published_at end,
    edited_at = case when edited_at is not null then ${at}::timestamptz end where id = ${id}`.execute(tx);
  await sql`update entry_tags set published_at = e.published_at from entries e where e.id = entry_id and e.id = ${id}`.execute(
    tx,
  );
  await sql`update entry_activity set last_at = ${at} where entry_id = ${id}`.execute(tx);
}

async function sayBeside(
  tx: Tx,
  id: string,
  said: DemoMoment & { by: string; quote: string; body: string },
  { now, actor }: Company,
): Promise<void> {
  const comment = await commentPassage(tx, actor(said.by), id, said);
  const at = momentBefore(now, said);
  await sql`update comments set created_at = ${at} where id = ${comment.id}`.execute(tx);
  await sql`update entry_activity set last_at = ${at} where entry_id = ${id}`.execute(tx);
}
