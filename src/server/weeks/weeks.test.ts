import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '../actor.ts';
import { followDossier, unfollowDossier } from '../dossiers/follow.ts';
import { addWatches, foundDossier, removeWatch } from '../dossiers/found.ts';
import { deliverDue } from '../notifications/deliver.ts';
import { wantKind } from '../notifications/less.ts';
import { listNotifications } from '../notifications/list.ts';
import { sendMails } from '../notifications/send-mails.ts';
import { resumeStream, stopStream } from '../notifications/stop-link.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { stopSharing } from '../sharing/watch.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { openMailbox } from '../../../tests/mailbox.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { turnWeeks } from './turn.ts';
import { weekWords } from './words.ts';

const { db } = await testDatabase();
const [helene, nadia, thomas] = (await Promise.all(
  ['helene.dargent', 'nadia.rahmani', 'thomas.gauthier'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor];
await drawAll(db);
// Nobody keeps hours here.
await db.updateTable('quiet_calendar').set({ active: false }).execute();
const box = await openMailbox();
afterAll(box.close);

const HOUR = 3_600_000;
const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const ago = (days: number) => new Date(Date.now() - days * 24 * HOUR);
const community = 'le-comptoir';
let ofThomas: string;
let dossier: string;

/** Thomas found something two days ago, and keeps something for himself; Hélène and Nadia follow the dossier. */
beforeAll(async () => {
  ofThomas = await sampleWatch(db, {
    owner: 'thomas.gauthier',
    name: 'Norvalt vu d’ici',
    community,
    things: [
      { title: 'Norvalt baisse ses prix', url: 'https://norvalt.example/prix', at: ago(2) },
      { title: 'Zorglonde', url: 'https://norvalt.example/z', at: ago(2), private: true },
      { title: 'Ancien catalogue', url: 'https://norvalt.example/vieux', at: ago(60) },
    ],
  });
  const ofHelene = await sampleWatch(db, { owner: 'helene.dargent', name: 'Norvalt', community });
  const watches = [ofThomas, ofHelene];
  dossier = (await act((tx) => foundDossier(tx, helene, { name: 'Norvalt', community, watches }))).id;
  await act((tx) => followDossier(tx, nadia, dossier));
  await act((tx) => followDossier(tx, thomas, dossier));
  await sql`update dossier_watches set at = now() - interval '90 days'`.execute(db);
});

beforeEach(async () => {
  vi.stubEnv('SMTP_URL', box.url);
  await sql`delete from deliveries`.execute(db);
  await sql`delete from notifications where kind = 'dossier_week'`.execute(db);
  await sql`update dossier_follows set week_due = now() - interval '1 minute'`.execute(db);
  box.received.length = 0;
});
afterEach(() => vi.unstubAllEnvs());

const turn = () => turnWeeks(db);
const later = () => new Date(Date.now() + HOUR / 4);
const deliver = () => deliverDue(db, 'mail', sendMails(later(), weekWords), later());
const mailsTo = ({ handle }: Actor) =>
  box.received.filter(({ to }) => to[0] === `${handle}@essaim.example`).map(({ mail }) => mail);
const lines = async (actor: Actor) =>
  (await listNotifications(db, actor)).items.filter(({ kind }) => kind === 'dossier_week');

test('each follower hears once what others found, and not of what he found himself', async () => {
  const told = await Promise.all([turn(), turn(), turn()]);
  expect(told.reduce((a, b) => a + b)).toBe(2);
  expect(await turn()).toBe(0);
  await drawAll(db);
  await deliver();
  await deliver();
  expect([mailsTo(helene), mailsTo(nadia), mailsTo(thomas)].map(({ length }) => length)).toEqual([1, 1, 0]);
  const [mail] = mailsTo(nadia);
  expect(mail?.text).toContain('Norvalt baisse ses prix (Thomas Gauthier)');
  expect(mail?.text).not.toMatch(/Zorglonde|Ancien catalogue/);
  expect(mail?.text).toContain('Parce que vous suivez ce dossier');
  expect(await lines(thomas)).toEqual([]);
  const [line] = await lines(nadia);
  expect(line).toMatchObject({
    ...{ title: 'Norvalt', count: 1, people: [], community: { slug: community } },
    less: { thread: null, dossier: { id: dossier, quiet: false } },
  });
  expect(line?.url).toMatch(new RegExp(`^/dossiers/${dossier}\\?view=changes&until=\\d{4}-\\d\\d-\\d\\d$`));
});

test('who begins to follow waits for the day of his summary; the next one is a week away', async () => {
  await sql`update dossier_follows set week_due = null`.execute(db);
  expect(await turn()).toBe(0);
  const due = async () =>
    (
      await db
        .selectFrom('dossier_follows')
        .select('week_due')
        .where('person_id', '=', nadia.id)
        .executeTakeFirstOrThrow()
    ).week_due!;
  const first = await due();
  expect(first.getTime() - Date.now()).toBeLessThanOrEqual(7 * 24 * HOUR + HOUR);
  await turnWeeks(db, first);
  const days = ((await due()).getTime() - first.getTime()) / (24 * HOUR);
  expect(Math.round(days)).toBe(7);
});

test('whoever found fifty things himself hears all the same of what others found before', async () => {
  const things = Array.from({ length: 50 }, (_, number) => ({
    ...{ title: `Relevé ${number}`, url: `https://norvalt.example/releves/${number}`, at: ago(1) },
  }));
  const own = await sampleWatch(db, { owner: helene.handle, name: 'Relevés', community, things });
  await act((tx) => addWatches(tx, helene, dossier, [own]));
  expect(await turn()).toBe(3);
  await drawAll(db);
  await deliver();
  const [mail] = mailsTo(helene);
  expect(mail?.text).toContain('Norvalt baisse ses prix (Thomas Gauthier)');
  expect(mail?.text).not.toContain('Relevé');
  await act((tx) => removeWatch(tx, helene, dossier, own));
});

test('where nothing changed nothing is sent, nor where what had come was taken back before the mail left', async () => {
  await turn();
  await drawAll(db);
  await act((tx) => stopSharing(tx, thomas, ofThomas));
  await deliver();
  expect(box.received).toEqual([]);
  await sql`update dossier_follows set week_due = now() - interval '1 minute'`.execute(db);
  expect(await turn()).toBe(0);
  await sql`update watches set shared_at = now(), everyone = true,
    community_id = (select id from communities where slug = ${community}) where id = ${ofThomas}`.execute(db);
  await sql`update desk_items set shared_at = now() where watch_id = ${ofThomas} and title <> 'Zorglonde'`.execute(
    db,
  );
});

test('a dossier that cannot be read holds up nobody else’s week, and is tried again', async () => {
  const things = [{ title: 'Sans date', url: 'https://norvalt.example/sans-date', at: ago(2) }];
  const broken = await sampleWatch(db, { owner: thomas.handle, name: 'Sans date', community, things });
  const own = await sampleWatch(db, { owner: helene.handle, name: 'Avec date', community });
  const watches = [broken, own];
  const { id } = await act((tx) => foundDossier(tx, helene, { name: 'Cassé', community, watches }));
  vi.stubEnv('LOG_LEVEL', 'silent');
  // No calendar has that day.
  await sql`update desk_items set found_at = 'infinity', created_at = 'infinity' where watch_id = ${broken}`.execute(
    db,
  );
  await sql`update dossier_follows set week_due = now() - interval '1 day' where dossier_id = ${id}`.execute(
    db,
  );
  expect(await turn()).toBe(2);
  const told = [id, dossier].map((dossierId) => {
    return { id: dossierId, personId: helene.id, dossierId, at: new Date() };
  });
  expect([...(await weekWords(db, told)).keys()]).toEqual([dossier]);
  await sql`update desk_items set found_at = ${ago(2)}, created_at = ${ago(2)} where watch_id = ${broken}`.execute(
    db,
  );
  expect(await turn()).toBe(0);
  expect(await turnWeeks(db, new Date(Date.now() + 2 * HOUR))).toBe(1);
  await sql`delete from dossiers where id = ${id}`.execute(db);
});

test('who sees the dossier no more, follows it no more or wants no such notice hears nothing', async () => {
  await act((tx) => unfollowDossier(tx, helene, dossier));
  await act((tx) => wantKind(tx, nadia, 'dossier_week', false));
  await turn();
  await drawAll(db);
  expect([await lines(helene), await lines(nadia)]).toEqual([[], []]);
  await act((tx) => wantKind(tx, nadia, 'dossier_week', true));
  await act((tx) => followDossier(tx, helene, dossier));
  await sql`update dossier_follows set week_due = now() - interval '1 minute'`.execute(db);
  expect(await turn()).toBe(2);
  await drawAll(db);
  await sql`update dossiers set deleted_at = now()`.execute(db);
  expect(await lines(nadia)).toEqual([]);
  await deliver();
  expect(box.received).toEqual([]);
  await sql`update dossiers set deleted_at = null`.execute(db);
});

test('one link of the mail ends it for this dossier, and takes it up again', async () => {
  await turn();
  await drawAll(db);
  await deliver();
  const token = /\/stop\/(\S*dossier\S*)/.exec(mailsTo(nadia)[0]?.text ?? '')?.[1] ?? '';
  const follows = async () =>
    (await sql`select 1 from dossier_follows where person_id = ${nadia.id}`.execute(db)).rows.length;
  await act((tx) => stopStream(tx, token));
  expect(await follows()).toBe(0);
  await act((tx) => resumeStream(tx, token, ''));
  expect(await follows()).toBe(1);
});
