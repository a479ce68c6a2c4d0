import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { changeNoticeSettings, noticeSettings } from './settings.ts';
import { readStop, resumeStream, stopPath, stopSecret, stopStream, type Stream } from './stop-link.ts';

const { db } = await testDatabase();
const [helene, nadia] = [await actorOf(db, 'helene.dargent'), await actorOf(db, 'nadia.rahmani')];
const secret = await stopSecret(db);
const { id: entryId } = await db
  .selectFrom('entries')
  .select('id')
  .where('listed', '=', true)
  .executeTakeFirstOrThrow();
const tokenOf = (stream: Stream, thingId: string | null = null, personId = helene.id) =>
  stopPath(secret, { personId, stream, thingId }).slice('/stop/'.length);
const stop = (token: string) => inTransaction(db, (tx) => stopStream(tx, token));
const resume = (token: string, rhythm = '') => inTransaction(db, (tx) => resumeStream(tx, token, rhythm));
const everything = async () => ({
  helene: await noticeSettings(db, helene),
  nadia: await noticeSettings(db, nadia),
  threads: await db.selectFrom('thread_follows').selectAll().execute(),
});

test('each link ends its own stream, and the way back is as it was', async () => {
  const before = await everything();
  await stop(tokenOf('notices'));
  expect(await everything()).toEqual({ ...before, helene: { ...before.helene, mail: false } });
  await resume(tokenOf('notices'));
  expect(await everything()).toEqual(before);

  await inTransaction(db, (tx) => changeNoticeSettings(tx, helene, { digest: 'week', hour: 17, weekday: 5 }));
  const weekly = await everything();
  const { rhythm } = await stop(tokenOf('digest'));
  expect((await noticeSettings(db, helene)).digest).toBe('none');
  await resume(tokenOf('digest'), rhythm);
  expect(await everything()).toEqual(weekly);

  await stop(tokenOf('thread', entryId));
  expect(await everything()).toEqual({
    ...weekly,
    threads: [{ person_id: helene.id, entry_id: entryId, following: false }],
  });
});

test('a link that we did not sign, or for somebody else, or for something else, ends nothing', async () => {
  const token = tokenOf('digest');
  const signature = token.split('.').at(-1) ?? '';
  const before = await everything();
  const forged = [
    '',
    '.',
    'inconnu',
    token.slice(0, -1),
    `${token}A`,
    token.replace(helene.id, nadia.id),
    token.replace('digest', 'notices'),
    token.replace('digest', `thread.${entryId}`),
    `${helene.id}.digest.`,
    `${helene.id}.digest.${signature.toLowerCase()}`,
    stopPath('another secret', { personId: helene.id, stream: 'digest', thingId: null }).slice(6),
    // Signed, but nothing that we would sign.
    stopPath(secret, { personId: 'x', stream: 'digest', thingId: null }).slice(6),
    stopPath(secret, { personId: helene.id, stream: 'sessions' as Stream, thingId: null }).slice(6),
    stopPath(secret, { personId: helene.id, stream: 'thread', thingId: `${entryId}.more` }).slice(6),
  ];
  for (const each of forged) {
    for (const attempt of [(token: string) => readStop(db, token), stop, resume]) {
      await expect(attempt(each), each).rejects.toMatchObject({ code: 'not_found', reason: 'bad_stop_link' });
    }
  }
  expect(await everything()).toEqual(before);
});
