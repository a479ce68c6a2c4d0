/** Every route of the document answers as the document says: success, and each refusal. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '#server/platform/db.ts';
import { testDatabase } from '../database.ts';
import { clientOf, stranger, type Answer } from './client.ts';
import { faultsOf, readDocument, routesOf } from './document.ts';
import { worldOf } from './stage.ts';
import { successes } from './successes.ts';

const { db } = await testDatabase();
const document = await readDocument(db);
const routes = routesOf(document);
const world = await worldOf(db);
const nobody = stranger(db);
const away = openDatabase('postgres://nobody@127.0.0.1:1/nothing', 1);

test('the document names its version, its keys and every route', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.security).toEqual([{ bearer: [] }, { cookie: [] }]);
  expect(Object.keys(document.components.securitySchemes)).toEqual(['bearer', 'cookie']);
  expect(routes.map(({ name }) => name).sort()).toEqual(Object.keys(successes).sort());
  for (const { operation, method, path } of routes) {
    expect(operation.summary).toMatch(/^[A-Z]/);
    const inPath = operation.parameters?.filter((parameter) => parameter.in === 'path') ?? [];
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    const key = operation.parameters?.some(({ name }) => name === 'Idempotency-Key') ?? false;
    expect(key).toBe(method === 'POST');
  }
});

describe.each(routes.map((route) => [route.name, route] as const))('%s', (name, route) => {
  const { method, operation } = route;
  const absent = route.path
    .replaceAll(/\{(\w*[iI]d)\}/g, () => randomUUID())
    .replaceAll(/\{\w+\}/g, 'thanks');

  function expectRefusal(answer: Answer, status: number, code: string): void {
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status, body: { error: { code } } });
    expect(faultsOf(document, route, answer)).toEqual([]);
  }

  test('succeeds', async () => {
    const prepared = (await successes[name]?.(world)) ?? absent;
    const { as = world.nadia, ...call } = typeof prepared === 'string' ? { path: prepared } : prepared;
    const answer = await as({ method, ...call });
    expect(answer.status, answer.text).toBeLessThan(300);
    expect(faultsOf(document, route, answer)).toEqual([]);
  });

  test('asks a stranger who he is', async () => {
    expectRefusal(await nobody({ method, path: absent }), 401, 'unauthenticated');
    const headers = { authorization: 'Bearer essaim_wrong' };
    expectRefusal(await nobody({ method, path: absent, headers }), 401, 'unauthenticated');
  });

  test('refuses a token without the scope', async () => {
    const needed = operation['x-scope'] ?? (method === 'GET' ? 'read' : 'write');
    const others = (['read', 'write', 'admin'] as const).filter((scope) => scope !== needed);
    const lacking = await clientOf(db, 'nadia.rahmani', others);
    expectRefusal(await lacking({ method, path: absent }), 403, 'forbidden');
  });

  if (/\{\w*[iI]d\}/.test(route.path))
    test('does not find what is not there', async () => {
      const body = operation.requestBody ? {} : undefined;
      for (const path of [absent, route.path.replaceAll(/\{\w+\}/g, 'a%00')]) {
        const answer = await world.nadia({ method, path, body });
        // An empty body may be refused first; unfollowing what never was is no mistake.
        if (answer.status !== 422 && answer.status !== 204) expectRefusal(answer, 404, 'not_found');
      }
    });

  if (operation.requestBody)
    test('refuses a body that is none', async () => {
      for (const body of ['{', '[]', '"text"', '{"body": {}, "name": [], "a": "\\u0000"}']) {
        const answer = await world.nadia({ method, path: absent, body });
        if (answer.status !== 404) expectRefusal(answer, 422, 'invalid');
      }
    });

  if (operation.parameters?.some(({ name: field }) => field === 'cursor'))
    test('refuses a NUL in a cursor', async () => {
      expectRefusal(await world.nadia({ method, path: `${absent}?cursor=%00` }), 422, 'invalid');
    });

  test('tells when the database is away', async () => {
    const headers = { authorization: 'Bearer essaim_any' };
    expectRefusal(await stranger(away.db)({ method, path: absent, headers }), 503, 'unavailable');
  });
});

test('a token that was revoked, has expired or belongs to somebody deactivated opens nothing', async () => {
  for (const end of [
    () => db.updateTable('api_tokens').set({ revoked_at: new Date() }),
    () => db.updateTable('api_tokens').set({ expires_at: new Date(Date.now() - 1000) }),
  ]) {
    const client = await clientOf(db, 'thomas.gauthier');
    expect((await client('/me')).status).toBe(200);
    const { id } = await db
      .selectFrom('people')
      .select('id')
      .where('handle', '=', 'thomas.gauthier')
      .executeTakeFirstOrThrow();
    await end().where('person_id', '=', id).execute();
    expect((await client('/me')).status).toBe(401);
  }
  const client = await clientOf(db, 'thomas.gauthier');
  await db
    .updateTable('people')
    .set({ status: 'deactivated' })
    .where('handle', '=', 'thomas.gauthier')
    .execute();
  expect((await client('/me')).status).toBe(401);
});
