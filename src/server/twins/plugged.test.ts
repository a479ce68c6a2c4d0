/** A server of vectors, plugged in by whoever runs the network: what it changes, what it is told, and what it cannot spoil. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import {
  startVectorsServer,
  vectors as answerBy,
  type VectorsServer,
} from '../../../tests/vectors-server.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { inTransaction } from '../platform/db.ts';
import { comparedBy } from '../platform/likeness/plugged.ts';
import { createPost } from '../posts/create.ts';
import { alreadyThere } from './existing.ts';
import { sketchTexts } from './sketch.ts';
import { twinsOf } from './twins.ts';

const { db } = await testDatabase('world');
const KEY = 'sk-test-4f1c';
/** One direction for whatever speaks of prices, another for all else. */
const meaning = (text: string) => (/prix|tarif|remise/i.test(text) ? [1, 0] : [0, 1]);
const folder = mkdtempSync(join(tmpdir(), 'essaim-plug-'));
const nadia = await actorOf(db, 'nadia.rahmani');
const thomas = await actorOf(db, 'thomas.gauthier');
const amadou = await actorOf(db, 'amadou.diallo');
const helene = await actorOf(db, 'helene.dargent');

const nearByWords = 'Chaudière Zorba : une pompe de relevage';
const nearByMeaning = 'Zorba casse ses tarifs';
const inVigie = 'Zorba au rabais : la remise vue par Vigie';
const hidden = {
  draft: 'Chaudière Zorba, remise : mon brouillon caché',
  note: 'Chaudière Zorba, remise : ma note cachée',
  watch: 'Chaudière Zorba, remise : ma veille cachée',
};
const intended = { title: 'Chaudière Zorba : une remise' };
let vectors: VectorsServer;
let said: string[];

beforeAll(async () => {
  const post = (actor: typeof nadia, title: string, more: object) =>
    inTransaction(db, (tx) =>
      createPost(tx, actor, { title, body: 'À lire.', status: 'published', ...more }),
    );
  await post(thomas, nearByWords, { community: 'le-comptoir' });
  await post(thomas, nearByMeaning, {});
  await post(amadou, inVigie, { community: 'vigie' });
  await post(thomas, hidden.draft, { status: 'draft' });
  await sampleWatch(db, {
    owner: 'helene.dargent',
    name: hidden.watch,
    things: [{ title: hidden.note, body: 'À relire.' }],
  });
  await sketchTexts(db);
  writeFileSync(join(folder, 'key'), `${KEY}\n`);
});

beforeEach(async () => {
  vectors = await startVectorsServer(meaning);
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => Boolean(said.push(String(line))));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await vectors.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const titles = async (actor: typeof nadia) =>
  (await alreadyThere(db, actor, intended)).map(({ title }) => title);
const sent = () => vectors.asked.map(({ body }) => body).join('\n');

function plugIn(): void {
  vi.stubEnv('LIKENESS_URL', vectors.address);
  vi.stubEnv('LIKENESS_MODEL', 'meaning-1');
  vi.stubEnv('LIKENESS_SCALE', '0.2,0.4,0.6,0.8');
  vi.stubEnv('LIKENESS_KEY_FILE', join(folder, 'key'));
  vi.stubEnv('LIKENESS_PATIENCE_MS', '5000');
  vi.stubEnv('FETCH_ALLOW', vectors.host);
}

describe('plugged in', () => {
  test('it is off until it is named, and then people are told by whom', async () => {
    expect(comparedBy()).toBeNull();
    expect((await titles(nadia))[0]).toBe(nearByWords);
    expect(vectors.asked).toEqual([]);
    plugIn();
    expect(comparedBy()).toBe('127.0.0.1');
  });

  test('it orders and chooses among what was found', async () => {
    expect((await titles(nadia))[0]).toBe(nearByWords);
    plugIn();
    const found = await alreadyThere(db, nadia, intended);
    expect(found).toMatchObject([{ title: nearByMeaning, likeness: 1, same: true }]);
  });

  test('one request holds all, with the model and the key where it belongs', async () => {
    plugIn();
    await titles(nadia);
    expect(vectors.asked).toHaveLength(1);
    expect(vectors.asked[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.parse(vectors.asked[0]?.body ?? '')).toMatchObject({ model: 'meaning-1' });
    expect(sent() + said.join('')).not.toContain(KEY);
  });

  test('it is told a text of others once, and the asker’s own each time', async () => {
    plugIn();
    const [hers, his] = [await titles(nadia), await titles(thomas)];
    expect(his).toEqual(hers);
    expect(vectors.asked).toHaveLength(2);
    expect(vectors.asked[1]?.texts).toEqual([intended.title]);
  });

  test('twins are judged by it too, on what is shared', async () => {
    const watch = (owner: string, name: string, title: string, community?: string) =>
      sampleWatch(db, { owner, name, ...(community && { community }), things: [{ title }] });
    const mine = await watch('nadia.rahmani', 'Remises des autres', 'Quorvex brade ses vannes', 'le-metier');
    await watch('thomas.gauthier', 'Les tarifs en face', 'Quorvex change de catalogue', 'le-comptoir');
    await watch('amadou.diallo', 'Prix vus de Vigie', 'Quorvex approche Vigie', 'vigie');
    await watch('thomas.gauthier', 'Prix pour moi seul', 'Quorvex à revoir');
    await sketchTexts(db);
    expect((await twinsOf(db, nadia, mine)).items).toEqual([]);
    plugIn();
    const { items } = await twinsOf(db, nadia, mine);
    expect(items.map(({ watch: { name } }) => name)).toEqual(['Les tarifs en face']);
    expect(sent()).toContain('Quorvex change de catalogue');
    for (const secret of ['Vigie', 'pour moi seul', 'à revoir']) expect(sent()).not.toContain(secret);
    await twinsOf(db, nadia, mine);
    expect(vectors.asked).toHaveLength(1);
  });
});

describe('what it is told', () => {
  test('a closed community’s texts leave when a member asks, and not when a stranger does', async () => {
    plugIn();
    expect(await titles(nadia)).not.toContain(inVigie);
    expect(sent()).toContain(nearByMeaning);
    expect(sent()).not.toContain('Vigie');
    expect(await titles(amadou)).toContain(inVigie);
    expect(sent()).toContain(inVigie);
    // Known to the process by now, and still nobody else's.
    expect(await titles(nadia)).not.toContain(inVigie);
  });

  test('nobody’s drafts, notes and watches leave, his own neither: those are judged here', async () => {
    plugIn();
    expect(await titles(helene)).toContain(hidden.note);
    expect(await titles(nadia)).not.toContain(hidden.note);
    await titles(thomas);
    expect(vectors.asked.length).toBeGreaterThan(2);
    for (const text of Object.values(hidden)) expect(sent()).not.toContain(text);
  });

  test('a question that finds nothing to compare is not sent', async () => {
    plugIn();
    expect(await alreadyThere(db, nadia, { title: 'Xylographie quantique' })).toEqual([]);
    expect(vectors.asked).toEqual([]);
  });
});

describe('away, late or out of its mind', () => {
  const one = (number: unknown) => ({ index: 0, embedding: [number, 1] });
  const answers: [string, (input: string[]) => unknown][] = [
    ['nothing', () => ''],
    ['words that repeat the key and the texts', (input) => `Bearer ${KEY} ${input.join()}`],
    ['an error inside', () => ({ error: { message: KEY } })],
    ['too few', (input) => ({ data: input.slice(1).map((_, index) => ({ index, embedding: [1] })) })],
    ['too many', (input) => ({ data: [...input, ''].map((_, index) => ({ index, embedding: [1] })) })],
    ['one place twice', (input) => ({ data: input.map(() => one(1)) })],
    ['no number', (input) => ({ data: input.map((_, index) => ({ ...one(null), index })) })],
    ['NaN in words', (input) => ({ data: input.map((_, index) => ({ ...one('NaN'), index })) })],
    [
      'the infinite',
      (input) =>
        JSON.stringify({ data: input.map((_, index) => ({ ...one(7), index })) }).replaceAll('7', '1e999'),
    ],
    ['zero everywhere', (input) => ({ data: input.map((_, index) => ({ index, embedding: [0, 0] })) })],
    [
      'several lengths',
      (input) => ({ data: input.map((_, index) => ({ index, embedding: Array(index + 1).fill(1) })) }),
    ],
  ];

  test.each(answers)('it answers %s: the answer is the one without it', async (_, answer) => {
    const without = await alreadyThere(db, nadia, intended);
    plugIn();
    vectors.answer = (input, response) => {
      const body = answer(input);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    expect(await alreadyThere(db, nadia, intended)).toEqual(without);
    expect(vectors.asked).toHaveLength(1);
    expect(said.filter((line) => line.includes(' warn '))).toHaveLength(1);
    for (const secret of [KEY, 'Zorba']) expect(said.join('')).not.toContain(secret);
  });

  test('it is down: nobody asks again at once, then one does, later and later, and the log hears of it once', async () => {
    const without = await alreadyThere(db, nadia, intended);
    plugIn();
    const well = vectors.answer;
    vectors.answer = (_, response) => response.writeHead(503).end();
    const ask = () => alreadyThere(db, nadia, intended);
    expect([await ask(), await ask(), await ask()]).toEqual([without, without, without]);
    expect(vectors.asked).toHaveLength(1);
    later(6_000);
    await ask();
    later(6_000);
    await ask();
    expect(vectors.asked).toHaveLength(2);
    later(6_000);
    vectors.answer = well;
    expect(await ask()).not.toEqual(without);
    expect(await ask()).not.toEqual(without);
    expect(vectors.asked).toHaveLength(4);
    expect(said.map((line) => line.split(' ')[1])).toEqual(['warn', 'info']);
  });

  test('nobody is there, or at an address that was not allowed', async () => {
    const without = await alreadyThere(db, nadia, intended);
    plugIn();
    vi.stubEnv('FETCH_ALLOW', '');
    expect(await alreadyThere(db, nadia, intended)).toEqual(without);
    expect(vectors.asked).toEqual([]);
    vi.stubEnv('LIKENESS_MODEL', 'meaning-2');
    vi.stubEnv('FETCH_ALLOW', vectors.host);
    await vectors.close();
    expect(await alreadyThere(db, nadia, intended)).toEqual(without);
    expect(said).toHaveLength(2);
  });

  test('it is slow: nobody waits long, and what comes late serves the next question', async () => {
    const without = await alreadyThere(db, nadia, intended);
    plugIn();
    vi.stubEnv('LIKENESS_PATIENCE_MS', '300');
    const well = vectors.answer;
    let release: (() => void) | undefined;
    vectors.answer = (input, response) => void (release = () => well(input, response));
    // Until it is released it never answers: whoever waited for it would stand here for ever.
    expect(await alreadyThere(db, nadia, intended)).toEqual(without);
    expect(await alreadyThere(db, nadia, intended)).toEqual(without);
    expect(vectors.asked).toHaveLength(1);
    vectors.answer = (input, response) =>
      input.length === 1 ? well(input, response) : response.writeHead(503).end();
    release?.();
    vi.stubEnv('LIKENESS_PATIENCE_MS', '5000');
    await vi.waitFor(
      async () => {
        later(300_000);
        expect(await alreadyThere(db, nadia, intended)).not.toEqual(without);
        expect(vectors.asked.at(-1)?.texts).toEqual([intended.title]);
      },
      { timeout: 20_000 },
    );
  });

  test('another model answers under its name: what is remembered is forgotten', async () => {
    const without = await alreadyThere(db, nadia, intended);
    plugIn();
    const near = await alreadyThere(db, nadia, intended);
    vectors.answer = answerBy((text) => [...meaning(text), 0]);
    expect(await alreadyThere(db, nadia, intended)).toEqual(without);
    later(6_000);
    expect(await alreadyThere(db, nadia, intended)).toEqual(near);
  });
});

function later(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}
