import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { inTransaction } from './db.ts';
import { followEvents } from './event-stream.ts';
import { recordEvent } from './events.ts';

const { db } = await testDatabase();
const { db: elsewhere } = await testDatabase();

async function heardBy(follower: string, whileWriting: Promise<unknown>): Promise<number[]> {
  const heard: number[] = [];
  const follow = () =>
    followEvents(db, follower, async (_, events) => void heard.push(...events.map(({ id }) => id)));
  let writing = true;
  const ended = whileWriting.finally(() => (writing = false));
  while (writing) await follow();
  await ended;
  await follow();
  return heard;
}

const write = (times: number) =>
  inTransaction(db, async (tx) => {
    for (let time = 0; time < times; time++) {
      await recordEvent(tx, { name: 'test.written', actorId: null, subjectId: randomUUID() });
    }
  });

test('each event is handed over once, however transactions overlap', async () => {
  const writers = Array.from({ length: 12 }, async (_, writer) => {
    for (let turn = 0; turn < 25; turn++) await write(1 + ((writer + turn) % 4));
  });
  const heard = await heardBy('overlapping', Promise.all(writers));
  const { rows } = await sql<{ id: number }>`select id from events`.execute(db);
  expect(heard.toSorted((a, b) => a - b)).toEqual(rows.map(({ id }) => id).sort((a, b) => a - b));
});

test('a transaction that stays open here holds what came after it; one of another database does not', async () => {
  await inTransaction(elsewhere, async (other) => {
    await sql`select pg_current_xact_id()`.execute(other);
    await write(1);
    const [first] = (await heardBy('beside', Promise.resolve())).slice(-1);
    const { rows } = await sql<{ id: number }>`select max(id)::bigint as id from events`.execute(db);
    expect(first).toBe(rows[0]?.id);
  });
  const before = (await heardBy('within', Promise.resolve())).length;
  await inTransaction(db, async (tx) => {
    await sql`select pg_current_xact_id()`.execute(tx);
    await write(1);
    expect(await heardBy('within', Promise.resolve())).toEqual([]);
  });
  expect(await heardBy('within', Promise.resolve())).toHaveLength(1);
  expect(before).toBeGreaterThan(0);
});
