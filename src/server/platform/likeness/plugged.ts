import { env } from '#env';
import { log } from '../log.ts';
import { embed, nearness, type Embedding, type EmbeddingServer } from './embeddings.ts';
import type { Judge } from './likeness.ts';
import { RememberedVectors } from './remembered.ts';
import { onOurScale } from './scale.ts';

export interface Texts {
  /** Of nobody but who asks: sent each time and never remembered, so that no answer is quicker because another wrote it. */
  own: readonly string[];
  /** That others read as well: sent once, their vectors remembered for a while. */
  known: readonly string[];
}

/** Nobody waits so long (`LIKENESS_PATIENCE_MS`): what comes late is remembered for the next question. */
const LATEST = 10_000;
/** After a failure nobody asks for so long, twice as long after each further one. */
const FIRST_REST = 5_000;
const LONGEST_REST = 300_000;
const TOLD_EVERY = 600_000;
/** Of all vectors together: 16 MB. */
const MOST_NUMBERS = 4_000_000;

/** The machine that texts are compared by where an administrator plugged one in: people are told its name. */
export function comparedBy(): string | null {
  const address = env.LIKENESS_URL;
  return address === undefined ? null : new URL(address).hostname;
}

/**
 * Asks the server of vectors that is plugged in, in one request for up to 64 texts, and gives how alike they are, on the
 * scale of our own likeness. Null where there is none, or where it is away, late, or answers nonsense: whoever asks
 * then judges by our own.
 */
export async function pluggedJudge(texts: Texts): Promise<Judge | null> {
  const address = env.LIKENESS_URL;
  if (address === undefined) return null;
  if (plug?.server.address !== address || plug.server.model !== env.LIKENESS_MODEL) plug = new Plug(address);
  return plug.judge(texts);
}

/** Why the server of vectors that is plugged in does not answer as it should, asked with a word of nobody's; null where it does. */
export async function plugFault(): Promise<string | null> {
  const server = serverAt(env.LIKENESS_URL ?? '');
  return embed(server, ['Bonjour'], LATEST).then(
    () => null,
    (error: Error) => error.message,
  );
}

function serverAt(address: string): EmbeddingServer {
  return { address, model: env.LIKENESS_MODEL ?? '', key: env.LIKENESS_KEY, allow: env.FETCH_ALLOW };
}

class Plug {
  readonly server: EmbeddingServer;
  readonly #scale = env.LIKENESS_SCALE ?? [];
  readonly #vectors = new RememberedVectors(MOST_NUMBERS);
  #rest = 0;
  #restUntil = 0;
  #told = false;
  #toldAt = -Infinity;

  constructor(address: string) {
    this.server = serverAt(address);
  }

  async judge({ own, known }: Texts): Promise<Judge | null> {
    const found = new Map<string, Embedding>();
    for (const text of known) {
      const vector = this.#vectors.recall(text);
      if (vector) found.set(text, vector);
    }
    const missing = [...new Set([...own, ...known])].filter((text) => !found.has(text));
    if (missing.length > 0) {
      const fresh = await this.#ask(missing, new Set(known));
      if (!fresh) return null;
      for (const [text, vector] of fresh) found.set(text, vector);
    }
    return this.#judgeOf(found);
  }

  /** The vectors of what is missing; null where they did not come in time. */
  async #ask(missing: readonly string[], known: ReadonlySet<string>): Promise<Map<string, Embedding> | null> {
    if (Date.now() < this.#restUntil) return null;
    // After a failure one question finds out for all.
    if (this.#rest > 0) this.#restUntil = Date.now() + LATEST;
    let waiting = true;
    const asked = embed(this.server, missing, LATEST).then(
      (vectors) => {
        const fresh = new Map(missing.map((text, at) => [text, vectors[at]!]));
        for (const [text, vector] of fresh) if (known.has(text)) this.#vectors.remember(text, vector);
        if (waiting) this.#recovered();
        return fresh;
      },
      (error: unknown) => {
        if (waiting) this.#failed(error);
        return null;
      },
    );
    const patience = env.LIKENESS_PATIENCE_MS;
    const late = deadline(patience);
    const answer = await Promise.race([asked, late.passed]);
    waiting = false;
    late.cancel();
    if (answer !== 'late') return answer;
    this.#failed(new Error(`No vectors within ${patience} ms.`));
    return null;
  }

  #judgeOf(vectors: ReadonlyMap<string, Embedding>): Judge | null {
    const [first] = vectors.values();
    if ([...vectors.values()].some(({ length }) => length !== first?.length)) {
      // Another model answers under the same name: what is remembered is of the one before.
      this.#vectors.forgetAll();
      this.#failed(new Error('Its vectors have another length than before.'));
      return null;
    }
    return (a, b) => {
      const [one, other] = [vectors.get(a), vectors.get(b)];
      return one && other ? onOurScale(nearness(one, other), this.#scale) : 0;
    };
  }

  #failed(error: unknown): void {
    this.#rest = Math.min(LONGEST_REST, this.#rest * 2 || FIRST_REST);
    this.#restUntil = Date.now() + this.#rest;
    if (Date.now() - this.#toldAt < TOLD_EVERY) return;
    this.#toldAt = Date.now();
    this.#told = true;
    const reason = error instanceof Error ? error.message : String(error);
    log.warn('the server of vectors does not help: likeness is our own meanwhile', { reason });
  }

  #recovered(): void {
    if (this.#told) log.info('the server of vectors answers again');
    this.#told = false;
    this.#rest = 0;
    this.#restUntil = 0;
  }
}

let plug: Plug | undefined;

function deadline(milliseconds: number) {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), milliseconds);
  });
  return { passed, cancel: () => clearTimeout(timer) };
}
