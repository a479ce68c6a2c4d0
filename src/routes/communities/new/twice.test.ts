import { expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/database.ts';
import { sentForm } from '../../../../tests/sent-form.ts';
import { actorOf } from '../../../../tests/world.ts';
import { actions } from './+page.server.ts';

const { db } = await testDatabase();
const claire = await actorOf(db, 'claire.martin');

/** Sends the form as a browser without script does, and follows where it leads. */
async function found(fields: Record<string, string>): Promise<unknown> {
  return actions
    .default(sentForm({ db, actor: claire }, '/communities/new', { access: 'open', ...fields }))
    .catch((redirected: unknown) => redirected);
}

test('a community founded with two clicks is one, and both lead there', async () => {
  const clicks = await Promise.all([found({ name: 'Zorglonde' }), found({ name: 'Zorglonde' })]);
  clicks.push(await found({ name: 'Zorglonde' }));
  for (const click of clicks)
    expect(click).toMatchObject({ status: 303, location: '/communities/zorglonde' });
  const rows = await db.selectFrom('communities').select('slug').where('name', '=', 'Zorglonde').execute();
  expect(rows).toHaveLength(1);
  const other = { name: 'Zorglonde', description: 'Une autre.' };
  expect(await found(other)).toMatchObject({ namesakes: [{ slug: 'zorglonde' }] });
  expect(await found({ ...other, sure: 'Zorglonde' })).toMatchObject({
    location: '/communities/zorglonde-2',
  });
});
