import { z } from 'zod';
import { postGuarded } from '../fetcher.ts';

/** A server that turns texts into vectors, spoken to as OpenAI's `/embeddings` is. */
export interface EmbeddingServer {
  /** Up to and with `/embeddings`. */
  address: string;
  model: string;
  key?: string | null | undefined;
  /** `host:port` entries that may be reached although private. */
  allow?: readonly string[];
}

/** Of length 1. */
export type Embedding = Float32Array;

/** How many texts one request holds. */
const AT_ONCE = 64;
const LONGEST = 2_000;
const LARGEST = 20_000_000;
const MOST_DIMENSIONS = 8_192;

const Answer = z.object({
  data: z.array(
    z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1).max(MOST_DIMENSIONS) }),
  ),
});

/**
 * The vector of each text, in their order. Throws `FetchRefused` where the server is out of reach or takes longer than
 * `patience`, in milliseconds, for one request; and another error, which repeats nothing of the answer, where it answers
 * something else than what was asked: whoever asks then does without.
 */
export async function embed(
  server: EmbeddingServer,
  texts: readonly string[],
  patience: number,
): Promise<Embedding[]> {
  const vectors: Embedding[] = [];
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    vectors.push(...(await ask(server, texts.slice(from, from + AT_ONCE), patience)));
  }
  if (vectors.some(({ length }) => length !== vectors[0]?.length))
    throw nonsense('vectors of several lengths');
  return vectors;
}

/** The cosine of two vectors; what points apart is as far as what has nothing in common. */
export function nearness(a: Embedding, b: Embedding): number {
  let product = 0;
  for (let at = 0; at < a.length; at += 1) product += a[at]! * b[at]!;
  return Math.max(0, Math.min(1, product));
}

async function ask(
  server: EmbeddingServer,
  texts: readonly string[],
  patience: number,
): Promise<Embedding[]> {
  const input = texts.map((text) => text.slice(0, LONGEST).toWellFormed().trim() || '.');
  const answer = await postGuarded(
    server.address,
    new TextEncoder().encode(JSON.stringify({ model: server.model, input })),
    {
      totalMs: patience,
      idleMs: patience,
      maxBytes: LARGEST,
      allow: server.allow ?? [],
      accept: 'application/json',
      headers: {
        'content-type': 'application/json',
        ...(server.key && { authorization: `Bearer ${server.key}` }),
      },
    },
  );
  const data = vectorsIn(answer.body);
  if (data.length !== input.length) throw nonsense('another number of vectors than of texts');
  const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]));
  return input.map((_, index) => {
    const vector = byIndex.get(index);
    if (!vector) throw nonsense('no vector for one of the texts');
    return normalized(vector);
  });
}

function vectorsIn(body: Uint8Array | null): z.infer<typeof Answer>['data'] {
  try {
    return Answer.parse(JSON.parse(new TextDecoder().decode(body ?? new Uint8Array()))).data;
  } catch {
    throw nonsense('no vectors');
  }
}

function normalized(vector: readonly number[]): Embedding {
  const length = Math.hypot(...vector);
  if (!(length > 0 && length < Infinity)) throw nonsense('a vector that points nowhere');
  return Float32Array.from(vector, (number) => number / length);
}

/** Said without the answer's words: they might hold the texts, or the key. */
function nonsense(what: string): Error {
  return new Error(`The server of vectors answers with ${what}.`);
}
