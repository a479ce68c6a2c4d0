/** Several windows of one person on one page, on a real server; only the browser around them is made of nothing. */
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { answerApi } from '#server/api.ts';
import { ORIGIN, tokenOf } from '../../../tests/api/client.ts';
import { testDatabase } from '../../../tests/database.ts';
import { pageStage } from '../../../tests/pages.ts';
import { actorOf } from '../../../tests/world.ts';
import { Together } from './together.ts';

const { db } = await testDatabase('world');
const lucie = await actorOf(db, 'lucie.ferrand');
const { home, page, read } = await pageStage(db);
const community = await home();
const authorization = `Bearer ${await tokenOf(db, lucie.handle)}`;
const before = 'Un prix.\n\nUn délai.';

const kept = new Map<string, string>();
let connected = true;

/** A store as browsers have one: its keys are properties. */
const store = new Proxy(
  {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  },
  {
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  },
);

beforeEach(() => {
  kept.clear();
  connected = true;
  vi.stubGlobal('localStorage', store);
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    if (!connected) return Promise.reject(new TypeError('no network'));
    const headers = { ...(init.headers as Record<string, string>), authorization };
    return answerApi(new Request(`${ORIGIN}${path}`, { ...init, headers }), db, () => Promise.resolve(null));
  });
});
afterAll(() => vi.unstubAllGlobals());

async function open(id: string): Promise<Together> {
  const silent = { onbefore: () => undefined, ontext: () => undefined, onstate: () => undefined };
  const opened = new Together({ id, person: lucie.handle, ...silent });
  const { body } = await read(lucie, id);
  await opened.open(body, () => body);
  return opened;
}

test('what two windows could not send waits, though both are closed, and leaves with the next one', async () => {
  const { id } = await page(lucie, { community, body: before });
  const [one, two] = [await open(id), await open(id)];
  connected = false;
  one.write(before.replace('prix', 'prix de 12 euros'));
  two.write(before.replace('délai', 'délai de huit semaines'));
  expect(await Promise.all([one.send(), two.send()])).toEqual([false, false]);
  for (const window of [one, two]) window.close();

  connected = true;
  const next = await open(id);
  expect(await next.send()).toBe(true);
  next.close();
  expect((await read(lucie, id)).body).toBe('Un prix de 12 euros.\n\nUn délai de huit semaines.');
  expect([...kept]).toEqual([]);
});

test('a window that has sent its own words takes away nobody else’s', async () => {
  const { id } = await page(lucie, { community, body: before });
  const [one, two] = [await open(id), await open(id)];
  connected = false;
  two.write(before.replace('délai', 'délai de huit semaines'));
  expect(await two.send()).toBe(false);
  two.close();
  connected = true;
  one.write(before.replace('prix', 'prix de 12 euros'));
  expect(await one.send()).toBe(true);
  one.close();
  expect((await read(lucie, id)).body).toBe('Un prix de 12 euros.\n\nUn délai.');

  const next = await open(id);
  expect(await next.send()).toBe(true);
  next.close();
  expect((await read(lucie, id)).body).toBe('Un prix de 12 euros.\n\nUn délai de huit semaines.');
});

test('what another open window wrote since its words were taken up stays kept', async () => {
  const { id } = await page(lucie, { community, body: before });
  const one = await open(id);
  connected = false;
  one.write(before.replace('prix', 'prix de 12 euros'));
  expect(await one.send()).toBe(false);
  connected = true;
  const two = await open(id);
  one.write(one.text.replace('délai', 'délai de huit semaines'));
  one.close();
  expect(await two.send()).toBe(true);
  two.close();

  const next = await open(id);
  expect(await next.send()).toBe(true);
  next.close();
  expect((await read(lucie, id)).body).toBe('Un prix de 12 euros.\n\nUn délai de huit semaines.');
});
