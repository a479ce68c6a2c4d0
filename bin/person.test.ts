import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../tests/database.ts';
import type { Context } from './command.ts';
import { run } from './commands/person.ts';

const { db } = await testDatabase();
const told: string[] = [];
const context = {
  print: (line: string) => void told.push(line),
  withDatabase: (work: (open: typeof db) => unknown) => work(db),
} as unknown as Context;
const email = 'helene.dargent@essaim.example';
const guarded = async () =>
  (await sql`select 1 from auth_user where email = ${email} and "twoFactorEnabled"`.execute(db)).rows.length;

test('an owner who lost telephone and codes is let in again by who hosts the network', async () => {
  await sql`update auth_user set "twoFactorEnabled" = true where email = ${email}`.execute(db);
  await sql`insert into auth_two_factor (id, "userId", secret, "backupCodes")
    select 'lost', id, 'x', 'x' from auth_user where email = ${email}`.execute(db);
  await expect(run(['unlock', 'personne@essaim.example'], context)).rejects.toThrow(
    'personne@essaim.example',
  );
  expect(await guarded()).toBe(1);
  await run(['unlock', ` ${email.toUpperCase()}`], context);
  expect(await guarded()).toBe(0);
  expect(told.at(-1)).toContain(email);
  const lifted = db.selectFrom('events').select('id').where('name', '=', 'person.second_factor_lifted');
  expect(await lifted.execute()).toHaveLength(1);
});
