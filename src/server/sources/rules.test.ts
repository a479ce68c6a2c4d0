import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createWatch } from '#server/desk/watch.ts';
import { inTransaction } from '#server/platform/db.ts';
import { sourceSite } from '../../../tests/source-site.ts';
import { actorOf } from '../../../tests/world.ts';
import { forwardReading } from './forward.ts';
import { deleteItem } from '#server/desk/remove.ts';
import { listReadings } from './readings.ts';
import { dropRule, makeRule, ownRules } from './rules.ts';
import { comparable, readWords } from './words-said.ts';

const { db, site, feed, serve, follow, poll, titles } = await sourceSite();
const yanis = await actorOf(db, 'yanis.belkacem');
const nadia = await actorOf(db, 'nadia.rahmani');

const now = () => new Date().toUTCString();
let watches = 0;
const watch = (actor = yanis) =>
  inTransaction(db, (tx) => createWatch(tx, actor, { name: `Acme ${(watches += 1)}` }));
const make = (input: Parameters<typeof makeRule>[2], actor = yanis) =>
  inTransaction(db, (tx) => makeRule(tx, actor, input));
const clipsOf = async (owner: string) =>
  (
    await sql<{
      title: string;
      watch_id: string;
      via: string;
      shared: boolean;
      reading_id: string;
    }>`select title,
      watch_id, via, shared_at is not null as shared, reading_id from desk_items where owner_id = ${owner}
      and deleted_at is null order by title`.execute(db)
  ).rows;

test.each([
  ['acme', 'Le groupe ACME augmente', true],
  ['acme', 'Acmexis augmente', false],
  ['énergie', 'Coût de l’ENERGIE', true],
  ['prix acme', 'Acme : des prix en hausse', true],
  ['prix acme', 'Acme embauche', false],
  ['norvalt, acme', 'Acme embauche', true],
  ['"acme france"', 'Acme, France', true],
  ['« acme france »', 'La France d’Acme', false],
  ['pomp*', 'Des pompes et des hommes', true],
  ['pomp', 'Des pompes et des hommes', false],
  ['cœur', 'Le coeur de gamme', true],
  ['Saint-Gobain', 'chez saint gobain', true],
  ['أكمي', 'شركة أكمي للمضخات', true],
])('%s, in “%s”: %s', (words, text, says) => expect(readWords(words)(comparable(text))).toBe(says));

test('what says the words is filed once, seen by its owner alone, and says where it came from', async () => {
  const acme = await watch();
  await sql`update watches set shared_at = now(), everyone = true,
    community_id = (select id from communities where slug = 'le-comptoir') where id = ${acme.id}`.execute(db);
  serve([
    { id: 'a', title: 'ACMÉ baisse ses prix', date: now() },
    { id: 'b', title: 'Autre chose' },
  ]);
  await make({ words: 'acme', does: 'file', watch: acme.id });
  await follow(yanis);
  await follow(nadia);
  serve([
    { id: 'a', title: 'ACMÉ baisse ses prix', date: now() },
    { id: 'c', title: 'Une usine', text: 'Celle d’Acme, à Lyon', date: now() },
  ]);
  await poll();
  const clips = await clipsOf(yanis.id);
  expect(clips.map(({ title }) => title)).toEqual(['ACMÉ baisse ses prix', 'Une usine']);
  const { items } = await listReadings(db, yanis, { state: 'all' });
  for (const clip of clips) {
    expect(clip).toMatchObject({ watch_id: acme.id, via: 'rule', shared: false });
    expect(items.map(({ id }) => id)).toContain(clip.reading_id);
  }
  expect(items.find(({ title }) => title === 'Une usine')!.deskItemId).not.toBeNull();
  expect(await clipsOf(nadia.id)).toEqual([]);
});

test('kept, passed over, of one source only, and over what was there already', async () => {
  serve([
    { id: 'x', title: 'Offre d’emploi', date: now() },
    { id: 'y', title: 'Tarifs', date: now() },
  ]);
  const { id: source } = await follow(yanis);
  const kept = await make({ words: 'tarifs', does: 'keep', past: true });
  const passed = await make({ words: 'offre d’emploi', does: 'pass', source, past: true });
  expect([kept.applied, passed.applied]).toEqual([1, 1]);
  expect([await titles(yanis, {}), await titles(yanis, { state: 'kept' })]).toEqual([['Tarifs'], ['Tarifs']]);
  expect(await ownRules(db, yanis)).toMatchObject([
    { words: 'tarifs', does: 'keep', source: null },
    { does: 'pass', source: { id: source, title: 'Carnet de route' } },
  ]);
  await inTransaction(db, (tx) => dropRule(tx, yanis, kept.id));
  await expect(inTransaction(db, (tx) => dropRule(tx, nadia, passed.id))).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await ownRules(db, nadia)).toEqual([]);
});

test.each([
  [{ words: ' ,"" *', does: 'keep' as const }, 'words', 'rule_without_words'],
  [{ words: 'acme', does: 'file' as const }, 'watch', 'rule_needs_watch'],
  [{ words: 'a'.repeat(201), does: 'keep' as const }, 'words', 'text_too_long'],
  [{ words: 'acme', does: 'eat' as 'keep' }, 'does', 'bad_choice'],
])('a rule that cannot be: %j', async (input, field, reason) => {
  await expect(make(input)).rejects.toMatchObject({ code: 'invalid', fields: { [field]: reason } });
});

test('another’s watch cannot be filed under', async () => {
  const hers = await watch(nadia);
  await expect(make({ words: 'acme', does: 'file', watch: hers.id })).rejects.toMatchObject({
    fields: { watch: 'watch_not_found' },
  });
});

test('a reading goes to the desk once, with one’s words', async () => {
  serve([{ id: 'un', title: 'Norvalt à Lyon', date: now() }]);
  await follow(yanis);
  const [reading] = (await listReadings(db, yanis, {})).items;
  const acme = await watch();
  const forward = (note: string) =>
    inTransaction(db, (tx) => forwardReading(tx, yanis, reading!.id, { watch: acme.id, note }));
  const first = await forward('À suivre.');
  expect(await forward('Vu avec Claire.')).toEqual(first);
  const { rows } = await sql<{ body: string }>`select * from desk_items where id = ${first.id}`.execute(db);
  expect(rows).toMatchObject([
    {
      url: `${site.url}${feed.path}/un`,
      site: new URL(site.url).host,
      via: 'reading',
      reading_id: reading!.id,
      watch_id: acme.id,
      body: 'À suivre.\n\nVu avec Claire.',
    },
  ]);
  expect(await titles(yanis, {})).toEqual([]);
  await expect(inTransaction(db, (tx) => forwardReading(tx, nadia, reading!.id, {}))).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a reading without an address goes there as a note, and says so in its list', async () => {
  serve([{ id: 'un', title: 'Norvalt à Lyon', text: 'Une agence.', date: now() }]);
  await follow(yanis);
  await sql`update source_items set url = null, author = 'Anne Duval'`.execute(db);
  const [reading] = (await listReadings(db, yanis, {})).items;
  const acme = await watch();
  const forward = (said: string, more: object = {}) =>
    inTransaction(db, (tx) => forwardReading(tx, yanis, reading!.id, { note: said, ...more }));
  const thrown = await forward('Pour rien.');
  await inTransaction(db, (tx) => deleteItem(tx, yanis, thrown.id));
  const [note, again] = await Promise.all([forward('À suivre.'), forward('À suivre.')]);
  expect([again, note.id === thrown.id]).toEqual([note, false]);
  const { rows } = await sql`select kind, body from desk_items where id = ${note.id}`.execute(db);
  expect(rows).toEqual([{ kind: 'note', body: 'À suivre.\n\n> Une agence.\n\n— Anne Duval' }]);
  expect((await listReadings(db, yanis, { state: 'all' })).items).toMatchObject([
    { read: true, deskItemId: note.id },
  ]);

  expect(await forward('Vu avec Claire.', { watch: acme.id })).toEqual(note);
  const { rows: added } = await sql`select body, watch_id from desk_items where id = ${note.id}`.execute(db);
  expect(added).toEqual([
    { body: 'À suivre.\n\n> Une agence.\n\n— Anne Duval\n\nVu avec Claire.', watch_id: acme.id },
  ]);
});
