import type { Db } from './db.ts';

/** What is asked for in one turn, and the answer for all. */
interface Turn<Key, Value> {
  keys: Set<Key>;
  answer: Promise<ReadonlyMap<Key, Value>>;
}

/**
 * Looks things up one by one, and asks the database once for all that were looked for in the same turn of the event
 * loop: a message to PostgreSQL costs this process more than a row does. Nothing is remembered from one turn to the next.
 * @param load what belongs to the keys; what is missing from it is not there
 */
export function gathered<Key, Value>(
  load: (db: Db, keys: Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (db: Db, key: Key) => Promise<Value | undefined> {
  const turns = new WeakMap<Db, Turn<Key, Value>>();
  return async (db, key) => {
    let turn = turns.get(db);
    if (!turn) {
      const keys = new Set<Key>();
      const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        turns.delete(db);
        return load(db, [...keys]);
      });
      turn = { keys, answer };
      turns.set(db, turn);
    }
    turn.keys.add(key);
    return (await turn.answer).get(key);
  };
}
