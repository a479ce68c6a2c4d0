import {
  CompiledQuery,
  DummyDriver,
  PostgresDialect,
  Transaction,
  type DatabaseConnection,
  type QueryResult,
} from 'kysely';
import type { Db, Tx } from './db.ts';
import type { DB } from './schema.ts';

const BEGIN = CompiledQuery.raw('begin');
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

/**
 * Kysely's own transaction sends a statement only when the one before has answered. Here those asked for together leave
 * in one packet, in their order, BEGIN with the first of them.
 */
export function transact<T>(
  db: Db,
  write: (tx: Tx) => Promise<T>,
  alone: boolean,
): Promise<{ result: T; tx: Tx }> {
  const executor = db.getExecutor();
  return executor.provideConnection(async (connection) => {
    const course = new Course(connection);
    const own = executor.withConnectionProvider({ provideConnection: (use) => use(course) });
    const tx = new Transaction<DB>({ ...NO_OTHER, executor: own });
    if (alone) courses.set(tx, course);
    try {
      const result = await write(tx);
      await course.commit();
      return { result, tx };
    } catch (error) {
      await course.rollBack();
      throw error;
    }
  });
}

const courses = new WeakMap<Tx, Course>();

/**
 * Says that the statement asked for next is the last of the change. Where it is the first as well, and nothing but the
 * change runs in the transaction, PostgreSQL makes it one by itself: BEGIN and COMMIT need not travel. Any statement
 * behind it is refused.
 */
export function lastStatement(tx: Tx): void {
  courses.get(tx)?.nextIsLast();
}

/** The statements of one transaction on their way. */
class Course implements DatabaseConnection {
  readonly #connection: DatabaseConnection;
  #state: 'unbegun' | 'last' | 'begun' | 'over' = 'unbegun';

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  nextIsLast(): void {
    if (this.#state === 'unbegun') this.#state = 'last';
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#state === 'over') throw new Error('the transaction is over: its last statement was sent');
    if (this.#state === 'last') this.#state = 'over';
    else if (this.#state === 'unbegun') this.#begin();
    return this.#connection.executeQuery<R>(query);
  }

  /** Not waited for: where it fails the connection is gone, and the statement behind it says so. */
  #begin(): void {
    this.#state = 'begun';
    this.#connection.executeQuery(BEGIN).catch(() => undefined);
  }

  async commit(): Promise<void> {
    if (this.#state === 'begun') await this.#connection.executeQuery(COMMIT);
  }

  /** Where the connection is gone, so is the transaction. */
  async rollBack(): Promise<void> {
    if (this.#state === 'begun') await this.#connection.executeQuery(ROLLBACK).catch(() => undefined);
  }

  streamQuery(): never {
    throw new Error('nothing is streamed inside a transaction');
  }
}

/** A transaction opens no connection of its own. */
const none = new PostgresDialect({
  pool: () => Promise.reject(new Error('a transaction has its connection')),
});
const NO_OTHER = { config: { dialect: none }, dialect: none, driver: new DummyDriver() };
