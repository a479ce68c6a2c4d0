import { z } from 'zod';
import { postGuarded } from '../fetcher.ts';

/** A server that turns texts into vectors, spoken to as OpenAI's `/embeddings` is. */
export interface EmbeddingServer {
  /** Up to and with `/embeddings`. */
  address: string;
  model: string;
  key?: string | null;
  /** `host:port` entries that may be reached although private. */
  allow?: readonly string[];
}

const AT_ONCE = 64;
const LONGEST = 2_000;
const PATIENCE = { maxBytes: 50_000_000, totalMs: 60_000, idleMs: 45_000 };

const Answer = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
});

/**
 * The vector of each text, in their order. Throws `FetchRefused` where the server is out of reach, and another error
 * where it answers something else than what was asked: whoever asks then does without.
 */
export async function embed(server: EmbeddingServer, texts: readonly string[]): Promise<Float64Array[]> {
  const vectors: Float64Array[] = [];
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    vectors.push(...(await ask(server, texts.slice(from, from + AT_ONCE))));
  }
  return vectors;
}

/** The cosine of two vectors; what points apart is as far as what has nothing in common. */
export function nearness(a: Float64Array, b: Float64Array): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (const [at, x] of a.entries()) {
    const y = b[at] ?? 0;
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA > 0 && ofB > 0 ? Math.max(0, product / Math.sqrt(ofA * ofB)) : 0;
}

async function ask(server: EmbeddingServer, texts: readonly string[]): Promise<Float64Array[]> {
  const input = texts.map((text) => text.slice(0, LONGEST) || ' ');
  const answer = await postGuarded(
    server.address,
    new TextEncoder().encode(JSON.stringify({ model: server.model, input })),
    {
      ...PATIENCE,
      allow: server.allow ?? [],
      accept: 'application/json',
      headers: {
        'content-type': 'application/json',
        ...(server.key && { authorization: `Bearer ${server.key}` }),
      },
    },
  );
  const { data } = Answer.parse(JSON.parse(new TextDecoder().decode(answer.body ?? new Uint8Array())));
  const byIndex = new Map(data.map(({ index, embedding }) => [index, Float64Array.from(embedding)]));
  return input.map((_, index) => {
    const vector = byIndex.get(index);
    if (!vector) throw new Error('the server of vectors left a text out');
    return vector;
  });
}
