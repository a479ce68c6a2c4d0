import { expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { answerApi } from '../api.ts';
import { inTransaction } from '../platform/db.ts';
import { createToken } from './tokens.ts';

const { db } = await testDatabase();
const claire = await actorOf(db, 'claire.martin');
const nadia = await actorOf(db, 'nadia.rahmani');

async function callWith(token: string, method: string, path: string, body?: unknown) {
  const request = new Request(`http://localhost/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const response = await answerApi(request, db, () => Promise.resolve(null));
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : null };
}
const tokenOf = (actor = claire, scopes = ['read', 'write']) =>
  inTransaction(db, (tx) => createToken(tx, actor, { name: 'test', scopes })).then(({ token }) => token);

test('a program reads and changes the profile it speaks for', async () => {
  const token = await tokenOf();
  expect(await callWith(token, 'GET', '/people/me')).toMatchObject({
    status: 200,
    body: { handle: claire.handle },
  });
  const changed = await callWith(token, 'PATCH', '/people/me', { headline: 'Les pompes' });
  expect(changed).toMatchObject({ status: 200, body: { headline: 'Les pompes', name: claire.name } });
  expect(await callWith(token, 'PATCH', '/people/me', { website: 'javascript:1' })).toMatchObject({
    status: 422,
    body: { error: { code: 'invalid', fields: { website: expect.any(String) } } },
  });
  expect(
    await callWith(await tokenOf(claire, ['read']), 'PATCH', '/people/me', { headline: 'x' }),
  ).toMatchObject({
    status: 403,
  });
});

test('a token makes no stronger token, and ends with a word', async () => {
  const token = await tokenOf(nadia);
  expect(await callWith(token, 'POST', '/tokens', { name: 'x', scopes: ['admin'] })).toMatchObject({
    status: 403,
  });
  const made = await callWith(token, 'POST', '/tokens', { name: 'x', scopes: ['read'] });
  const { id, token: second } = made.body as { id: string; token: string };
  expect(await callWith(second, 'GET', '/people/me')).toMatchObject({ status: 200 });
  expect(await callWith(second, 'GET', '/feed-key')).toMatchObject({ status: 403 });
  expect(await callWith(second, 'GET', '/desk/address')).toMatchObject({ status: 403 });
  expect(await callWith(await tokenOf(), 'DELETE', `/tokens/${id}`)).toMatchObject({ status: 404 });
  expect(await callWith(token, 'DELETE', `/tokens/${id}`)).toMatchObject({ status: 204 });
  expect(await callWith(second, 'GET', '/people/me')).toMatchObject({ status: 401 });
});

test('those who run the network do so with a token that says so', async () => {
  const admin = await tokenOf(nadia, ['read', 'write', 'admin']);
  const path = `/admin/people/${claire.id}`;
  expect(await callWith(await tokenOf(nadia), 'PUT', `${path}/role`, { role: 'moderator' })).toMatchObject({
    status: 403,
  });
  expect(await callWith(admin, 'PUT', `${path}/role`, { role: 'owner' })).toMatchObject({ status: 403 });
  expect(await callWith(admin, 'PUT', `${path}/role`, { role: 'moderator' })).toMatchObject({ status: 204 });
  const token = await tokenOf();
  expect(await callWith(admin, 'PUT', `${path}/deactivation`)).toMatchObject({ status: 204 });
  expect(await callWith(token, 'GET', '/people/me')).toMatchObject({ status: 401 });
  const away = await callWith(admin, 'GET', '/admin/people?status=deactivated');
  expect(away.body).toMatchObject({ items: [{ handle: claire.handle }], next: null });
  expect(await callWith(admin, 'DELETE', `${path}/deactivation`)).toMatchObject({ status: 204 });

  const made = await callWith(admin, 'POST', '/invitations', { allowedDomains: ['aubrelle.example'] });
  expect(made).toMatchObject({
    status: 201,
    body: { path: expect.stringMatching(/^\/invitations\/.{20,}/) },
  });
  const open = await callWith(admin, 'GET', '/invitations');
  expect(open.body).toMatchObject({ items: [{ allowedDomains: ['aubrelle.example'], reusable: true }] });
  expect(await callWith(admin, 'POST', '/invitations', { role: 'guest' })).toMatchObject({ status: 422 });
});
