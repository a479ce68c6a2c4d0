import { expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { openFormAction, type Form } from './form.ts';

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
