import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { reportThing } from '../moderation/report.ts';
import type { Thing } from '../moderation/thing.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { rungNotice } from '../push/notice.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import type { Delivery } from './deliver.ts';
import { readDigests } from './digest.ts';
import { hasNews, listNotifications } from './list.ts';
import { mailedNotices } from './notice-mail.ts';
import { markNotifiedIn } from './read.ts';

/*
 * What is told of a report whose thing is no entry: a shared watch, here.
 */

const { db } = await testDatabase();
const thomas = await actorOf(db, 'thomas.gauthier'); // moderator
const bernard = await actorOf(db, 'bernard.lecoq');
const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const subject = 'Zorglonde';
const watch: Thing = {
  on: 'watch',
  id: await sampleWatch(db, { owner: 'claire.martin', name: subject, community: 'le-comptoir' }),
};
const report = async () =>
  (await act((tx) => reportThing(tx, bernard, { ...watch, reason: 'confidential' }))).id;

beforeEach(async () => {
  await sql`delete from reports`.execute(db);
  await drawAll(db);
  await sql`delete from notifications where person_id = ${thomas.id}`.execute(db);
  await sql`delete from deliveries where person_id = ${thomas.id}`.execute(db);
});

test('those who keep order are rung and mailed of what was reported, by its name', async () => {
  const id = await report();
  await drawAll(db);
  const [notice] = (await listNotifications(db, thomas)).items;
  const rung = await rungNotice(db, thomas, notice!.id);
  expect(rung).toMatchObject({ url: `/moderation/${id}`, body: 'Le comptoir' });
  expect(rung.title).toContain(subject);
  const { rows } =
    await sql<Delivery>`select id, person_id as "personId", what, thing_id as "thingId", attempts
    from deliveries where person_id = ${thomas.id} and channel = 'mail'`.execute(db);
  const mails = await mailedNotices(db, rows, () => Promise.resolve(new Map()));
  expect([...mails.values()].flat()).toMatchObject([
    { kind: 'report', beside: { path: `/moderation/${id}`, title: subject } },
  ]);
  const { id: digest } = rows[0]!;
  await sql`insert into notice_settings (person_id, mail, digest, digest_upto)
    values (${thomas.id}, false, 'day', now() - interval '1 hour')
    on conflict (person_id) do update set digest = 'day', digest_upto = excluded.digest_upto`.execute(db);
  await sql`delete from delivery_notices where delivery_id = ${digest}`.execute(db);
  const soon = new Date(Date.now() + 600_000);
  const { lines } = await readDigests(db, [digest], soon);
  expect(lines.get(digest)).toMatchObject([
    { title: subject, beside: { path: `/moderation/${id}` }, entryId: null, onComment: false },
  ]);
});

test('reading news of a community leaves what is to be decided there', async () => {
  await report();
  await drawAll(db);
  const { rows } = await sql<{
    id: string;
  }>`select id from communities where slug = 'le-comptoir'`.execute(db);
  await act((tx) => markNotifiedIn(tx, thomas, rows[0]!.id));
  expect(await hasNews(db, thomas)).toBe(true);
});
