import type { RequestEvent } from '@sveltejs/kit';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import type { Actor } from '../actor.ts';
import { refusalResponse } from '../platform/api/refusal-response.ts';
import { openFormAction, type Form } from './form.ts';

const { db } = await testDatabase();
const claire = { id: '01900000-0000-7000-8000-000000000001' } as Actor;

async function send(actor: Actor | null, body: BodyInit, type?: string): Promise<unknown> {
  const headers = type ? { 'content-type': type } : undefined;
  const request = new Request('http://essaim.test/sign-in', { method: 'POST', body, headers });
  const read = openFormAction((form: Form) => Promise.resolve({ lists: form.lists }));
  // An action types the event of its own route; this one reads no more.
  return read({ request, locals: { actor, language: 'fr' } } as never);
}

const refused = { status: 422, data: { reason: 'form_too_large', values: {} } };

test('a stranger sends a name and a password, not a book', async () => {
  const book = new URLSearchParams({ body: 'mot '.repeat(50_000) });
  expect(await send(null, book)).toMatchObject(refused);
  expect(await send(claire, book)).toMatchObject({ lists: { body: [expect.any(String)] } });
  expect(await send(null, new URLSearchParams({ email: 'claire.martin@essaim.example' }))).toMatchObject({
    lists: { email: ['claire.martin@essaim.example'] },
  });
});

test('more fields than any page has are nobody’s', async () => {
  const fields = new URLSearchParams(Array.from({ length: 20_000 }, (_, n) => [`a${n}`, '']));
  expect(await send(claire, fields)).toMatchObject(refused);
  const parts = new FormData();
  for (const [name, value] of fields) parts.append(name, value);
  expect(await send(claire, parts)).toMatchObject(refused);
  const written = new FormData();
  written.append('body', '&'.repeat(20_000));
  expect(await send(claire, written)).toMatchObject({ lists: { body: [written.get('body')] } });
});

test('fields without end are refused before they are read', { timeout: 20_000 }, async () => {
  for (const type of ['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded;a=multipart/b'])
    expect(await send(claire, 'a&'.repeat(15_000_000), type)).toMatchObject(refused);
});

test('the parts of a form with files are counted before they are read', async () => {
  const part = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n';
  for (const type of [
    'multipart/form-data; boundary=b',
    'Multipart/Form-Data; boundary="b"',
    'multipart/form-data; aboundary=c; a="; boundary=c"; boundary=b',
  ])
    expect(await send(claire, part.repeat(20_000), type)).toMatchObject(refused);
});

test('what is typed is a few times the longest text, at most', async () => {
  const typed = (length: number, name: string) => {
    const form = new FormData();
    form.append(name, 'a,'.repeat(length / 2));
    return send(claire, form);
  };
  expect(await typed(1_500_000, 'tags')).toMatchObject({ lists: { tags: [expect.any(String)] } });
  expect(await typed(3_000_000, 'tags')).toMatchObject(refused);
});

test('what came several times under one name comes back as often', async () => {
  const ticked = new URLSearchParams('a=1&b=2&a=3&a=&__proto__=4&password=5');
  const { lists } = (await send(claire, ticked)) as { lists: Record<string, string[]> };
  expect(Object.entries(lists)).toEqual([
    ['a', ['1', '3']],
    ['b', ['2']],
    ['__proto__', ['4']],
  ]);
});

test.each(['multipart/form-data', 'multipart/form-data; boundary=b'])(
  'what says that it is %s, and is not, is refused',
  async (type) => {
    expect(await send(null, '--b\r\nbroken', type)).toMatchObject({
      status: 422,
      data: { reason: 'form_broken' },
    });
  },
);

/** What PostgreSQL says where the disk is full. */
const onFullDisk = () =>
  sql`do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`.execute(db);

test('on a full disk a form comes back with what was typed, and says why', async () => {
  const action = openFormAction(async () => {
    await onFullDisk();
    return '/';
  });
  const request = new Request('http://network.example/', {
    method: 'POST',
    body: new URLSearchParams({ body: 'Une heure de travail' }),
  });
  const answer = await action({ request, locals: { db, language: 'fr' } } as unknown as RequestEvent);
  expect(answer).toMatchObject({
    status: 503,
    data: {
      reason: 'disk_full',
      message: expect.stringContaining('plus de place'),
      values: { body: 'Une heure de travail' },
    },
  });
});

test('on a full disk the API is unavailable, and says why', async () => {
  const error: unknown = await onFullDisk().catch((thrown: unknown) => thrown);
  const response = refusalResponse(error, new Request('http://network.example/api/v1/posts'));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    error: { code: 'unavailable', message: expect.stringContaining('no space left') },
  });
});
