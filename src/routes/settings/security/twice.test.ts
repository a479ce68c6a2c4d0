import { expect, test } from 'vitest';
import { credentialsOf } from '../../../../tests/credentials.ts';
import { testDatabase } from '../../../../tests/database.ts';
import { sentForm } from '../../../../tests/sent-form.ts';
import { actorOf } from '../../../../tests/world.ts';
import { sessionsOf } from '#server/people/sessions.ts';
import { actions } from './+page.server.ts';

const { db } = await testDatabase();
const claire = await actorOf(db, 'claire.martin');
const bernard = await actorOf(db, 'bernard.lecoq');

/** Sends the form as a browser does, and follows where it leads. */
async function end(id: string): Promise<unknown> {
  return actions
    .end(sentForm({ db, actor: claire }, '/settings/security?/end', { id }))
    .catch((redirected: unknown) => redirected);
}

test('a session that is ended twice is ended, and somebody else’s stays', async () => {
  await credentialsOf(db, claire.handle);
  await credentialsOf(db, bernard.handle);
  const [own, other] = await Promise.all([sessionsOf(db, claire), sessionsOf(db, bernard)]);
  const told = { status: 303, location: '/settings/security?done=ended' };
  for (let click = 0; click < 2; click++) expect(await end(own[0]?.id ?? '')).toMatchObject(told);
  expect(await sessionsOf(db, claire)).toHaveLength(own.length - 1);
  expect(await end(other[0]?.id ?? '')).toMatchObject(told);
  expect(await sessionsOf(db, bernard)).toHaveLength(other.length);
});
