/** Somebody who listens to the stream of signals, in the process of the test. */
import { afterAll } from 'vitest';
import { answerApi } from '#server/api.ts';
import { closeHub } from '#server/live/open.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { deletePost } from '#server/posts/remove.ts';
import { tokenOf, ORIGIN } from './api/client.ts';
import { drawAll } from './drawn.ts';
import { actorOf } from './world.ts';

export interface Heard {
  name: string;
  data: Record<string, string>;
  id: string | null;
}

/** Opens streams on a database, and closes what is left of them with the file. */
export function earsOn(db: Db) {
  const tokens = new Map<string, Promise<string>>();
  afterAll(() => closeHub(db));
  return async (handle: string, query = '', lastId?: string): Promise<Listener> => {
    if (!tokens.has(handle)) tokens.set(handle, tokenOf(db, handle));
    const headers = {
      authorization: `Bearer ${await tokens.get(handle)}`,
      ...(lastId && { 'last-event-id': lastId }),
    };
    return listenerOf(db, new Request(`${ORIGIN}/api/v1/events?${query}`, { headers }));
  };
}

/** Listens by the headers of a request. */
export async function listenerOf(db: Db, request: Request): Promise<Listener> {
  const response = await answerApi(request, db, () => Promise.resolve(null));
  if (!response.ok || !response.body) throw new Error(`no stream: ${response.status}`);
  return new Listener(response.body);
}

export class Listener {
  readonly heard: Heard[] = [];
  /** Everything that came, without the ids of signals, which are drawn by lot. */
  text = '';
  ended = false;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #rest = '';
  #changed = Promise.withResolvers<void>();

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
    void this.#read();
  }

  /** The names of what happened, with the ids that came with them. */
  get news(): string[] {
    return this.heard
      .filter(({ name }) => name !== 'hello' && name !== 'pulse')
      .map(({ name, data }) => [name, ...Object.values(data)].join(' '));
  }

  /** The id to take the stream up from. */
  get lastId(): string {
    return this.heard.findLast(({ id }) => id !== null)?.id ?? '';
  }

  /** Waits until it has heard something, or has ended. */
  async until(is: (listener: this) => boolean): Promise<void> {
    const late = setTimeout(
      () => this.#changed.reject(new Error(`still waiting after ${this.text}`)),
      30_000,
    );
    try {
      while (!is(this)) await this.#changed.promise;
    } finally {
      clearTimeout(late);
    }
  }

  async close(): Promise<void> {
    await this.#reader.cancel();
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) this.ended = true;
      else this.#take(decoder.decode(value, { stream: true }));
      const { resolve } = this.#changed;
      this.#changed = Promise.withResolvers<void>();
      resolve();
      if (done) return;
    }
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
      const name = fields.get('event') ?? '';
      this.heard.push({
        name,
        data: JSON.parse(fields.get('data') ?? '{}') as Record<string, string>,
        id: fields.get('id') ?? null,
      });
      if (name !== 'pulse') this.text += `${block.replaceAll(/^(id|retry): .*\n/gm, '')}\n\n`;
    }
  }
}

/**
 * Lets everything that was written until now be told: what is told after it comes later. A post that everybody may see
 * comes out and goes again.
 */
export async function everythingTold(db: Db, listeners: Listener[]): Promise<void> {
  const author = await actorOf(db, 'claire.martin');
  const { id } = await inTransaction(db, (tx) =>
    createPost(tx, author, { title: 'La fin', body: 'Un repère.', status: 'published' }),
  );
  await drawAll(db);
  await Promise.all(
    listeners.map((listener) =>
      listener.until(({ heard, ended }) => ended || heard.some(({ data }) => data['id'] === id)),
    ),
  );
  await inTransaction(db, (tx) => deletePost(tx, author, id));
  await drawAll(db);
  await Promise.all(
    listeners.map((listener) =>
      listener.until(
        ({ heard, ended }) =>
          ended || heard.some(({ name, data }) => name === 'post.gone' && data['id'] === id),
      ),
    ),
  );
  for (const listener of listeners) forget(listener, id);
}

function forget(listener: Listener, id: string): void {
  const kept = listener.heard.filter(({ data }) => data['id'] !== id);
  listener.heard.splice(0, listener.heard.length, ...kept);
}
