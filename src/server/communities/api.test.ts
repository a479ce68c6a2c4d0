import { expect, test } from 'vitest';
import { answerApi } from '../api.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';

const { db } = await testDatabase();

/** Calls the API as somebody signed in on this very site. */
async function call(handle: string, request: string, body?: unknown) {
  const [method, path] = request.split(' ') as [string, string];
  const actor = await actorOf(db, handle);
  const answer = await answerApi(
    new Request(`http://essaim.test/api/v1${path}`, {
      method,
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    db,
    () => Promise.resolve(actor),
  );
  const text = await answer.text();
  return { status: answer.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : null };
}

test('founds, edits, joins and leaves', async () => {
  const founded = await call('claire.martin', 'POST /communities', {
    name: 'Salons d’automne',
    access: 'open',
    themes: ['salons'],
  });
  expect(founded).toMatchObject({ status: 201, body: { slug: 'salons-d-automne', standing: 'animator' } });
  expect(await call('bernard.lecoq', 'PUT /communities/salons-d-automne/membership')).toEqual({
    status: 200,
    body: { standing: 'member' },
  });
  expect(await call('bernard.lecoq', 'PATCH /communities/salons-d-automne', { name: 'x' })).toMatchObject({
    status: 403,
  });
  expect(
    await call('claire.martin', 'PATCH /communities/salons-d-automne', { archived: true, emoji: '🍂' }),
  ).toMatchObject({ status: 200, body: { archived: true, emoji: '🍂', members: 2 } });
  expect(await call('bernard.lecoq', 'GET /communities?prefix=AUTOM')).toMatchObject({
    body: { items: [{ slug: 'salons-d-automne', archived: true, standing: 'member' }], next: null },
  });
  expect(await call('bernard.lecoq', 'DELETE /communities/salons-d-automne/membership')).toEqual({
    status: 204,
    body: null,
  });
});

test('asks at a closed door, and is let in', async () => {
  const asked = await call('bernard.lecoq', 'PUT /communities/vigie/membership', { message: 'Puis-je ?' });
  expect(asked).toEqual({ status: 202, body: { standing: 'asked' } });
  expect(await call('claire.martin', 'GET /communities/vigie/requests')).toMatchObject({ status: 403 });
  expect(await call('lucie.ferrand', 'GET /communities/vigie/requests')).toMatchObject({
    body: { items: [{ person: { handle: 'bernard.lecoq' }, message: 'Puis-je ?' }] },
  });
  expect(
    await call('lucie.ferrand', 'PUT /communities/vigie/requests/bernard.lecoq/acceptance'),
  ).toMatchObject({ status: 204 });
  expect(await call('bernard.lecoq', 'GET /communities/vigie/members')).toMatchObject({ status: 200 });
});

test('a secret community answers a stranger exactly as one that is not there', async () => {
  for (const request of [
    'GET /communities/SLUG',
    'PATCH /communities/SLUG',
    'PUT /communities/SLUG/membership',
    'DELETE /communities/SLUG/membership',
    'PUT /communities/SLUG/seen',
    'GET /communities/SLUG/members',
    'GET /communities/SLUG/requests',
    'GET /communities/SLUG/invitations',
    'PUT /communities/SLUG/invitations/nadia.rahmani',
    'DELETE /communities/SLUG/members/claire.martin',
    'PUT /communities/SLUG/animators/nadia.rahmani',
    'PUT /communities/SLUG/animation',
    'DELETE /communities/SLUG/animation',
    'DELETE /me/invitations/SLUG',
    'POST /communities/SLUG/links',
  ]) {
    const body = request.startsWith('PATCH') ? { name: 'x' } : request.startsWith('POST') ? {} : undefined;
    const hidden = await call('nadia.rahmani', request.replace('SLUG', 'face-a-norvalt'), body);
    const absent = await call('nadia.rahmani', request.replace('SLUG', 'nulle-part'), body);
    expect([request, hidden]).toEqual([request, absent]);
    expect(hidden.status).toBe(404);
  }
});

test('makes a link that opens a community to a guest', async () => {
  const asked = { email: 'zoe@ailleurs.example', role: 'guest' };
  expect(await call('thomas.gauthier', 'POST /communities/appels-offres/links', asked)).toMatchObject({
    status: 201,
    body: { path: expect.stringMatching(/^\/invitations\/[\w-]+$/) as string },
  });
  expect(await call('thomas.gauthier', 'POST /communities/vigie/links', asked)).toMatchObject({
    status: 403,
  });
  expect(await call('claire.martin', 'POST /communities/le-metier/links', asked)).toMatchObject({
    status: 403,
  });
});

test('shows people, to each what he may know', async () => {
  expect(await call('claire.martin', 'GET /people?prefix=dargent')).toMatchObject({
    body: { items: [{ handle: 'helene.dargent' }], next: null },
  });
  expect(await call('claire.martin', 'GET /people/helene.dargent')).toMatchObject({ status: 200 });
  expect(await call('pierre.alonzo', 'GET /people/helene.dargent')).toMatchObject({ status: 404 });
});
