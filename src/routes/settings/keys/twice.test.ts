import { expect, test } from 'vitest';
import { credentialsOf } from '../../../../tests/credentials.ts';
import { testDatabase } from '../../../../tests/database.ts';
import { aMinuteLater, keptOfForms, sentForm } from '../../../../tests/sent-form.ts';
import { actorOf } from '../../../../tests/world.ts';
import { actorFromToken } from '#server/people/actor.ts';
import { tokensOf } from '#server/people/tokens.ts';
import { actions } from './+page.server.ts';

const { db } = await testDatabase();
const claire = await actorOf(db, 'claire.martin');
const { cookie } = await credentialsOf(db, claire.handle);

/** Sends the form as a browser does, and tells what the page is told. */
async function make(fields: Record<string, string>): Promise<{ token: string; lists?: unknown }> {
  const form = { scopes: 'read', days: '30', ...fields };
  const answer = await actions.create(
    sentForm({ db, actor: claire, cookie }, '/settings/keys?/create', form),
  );
  return ('data' in answer ? answer.data : answer) as { token: string };
}
const called = async (name: string) => (await tokensOf(db, claire)).filter((one) => one.name === name);

test('a token made with two clicks is one, told to both, and kept nowhere', async () => {
  const clicks = await Promise.all([make({ name: 'Relais' }), make({ name: 'Relais' })]);
  clicks.push(await make({ name: 'Relais' }));
  expect(new Set(clicks.map(({ token }) => token)).size).toBe(1);
  expect(await called('Relais')).toHaveLength(1);
  const { token = '' } = clicks[0] ?? {};
  expect(await actorFromToken(db, token)).toMatchObject({ id: claire.id, scopes: ['read'] });
  const kept = await keptOfForms(db);
  expect(JSON.stringify(kept)).not.toContain(token.slice(-20));
});

test('another name, or the same a minute later, is another token', async () => {
  const [first, other] = [await make({ name: 'Un' }), await make({ name: 'Deux' })];
  expect(other.token).not.toBe(first.token);
  await aMinuteLater(db);
  const later = await make({ name: 'Un' });
  expect(later.token).not.toBe(first.token);
  expect(await called('Un')).toHaveLength(2);
  for (const { token } of [first, other, later]) expect(await actorFromToken(db, token)).not.toBeNull();
});

test('a refused form leaves nothing behind, and brings back what was ticked', async () => {
  expect(await make({ name: ' ', scopes: 'write' })).toMatchObject({ lists: { scopes: ['write'] } });
  expect(await make({ name: 'Enfin', scopes: 'write' })).toMatchObject({ token: expect.any(String) });
});
