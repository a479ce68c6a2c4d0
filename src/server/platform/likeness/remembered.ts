import { createHash } from 'node:crypto';
import type { Embedding } from './embeddings.ts';

/** Vectors of texts, in this process alone, so many numbers in all: what was not asked for longest goes first. */
export class RememberedVectors {
  readonly #most: number;
  readonly #vectors = new Map<string, Embedding>();
  #numbers = 0;

  constructor(most: number) {
    this.#most = most;
  }

  recall(text: string): Embedding | undefined {
    const key = keyOf(text);
    const vector = this.#vectors.get(key);
    // Set anew it is the latest of the map.
    if (vector && this.#vectors.delete(key)) this.#vectors.set(key, vector);
    return vector;
  }

  remember(text: string, vector: Embedding): void {
    const key = keyOf(text);
    this.#forget(key);
    this.#vectors.set(key, vector);
    this.#numbers += vector.length;
    for (const oldest of this.#vectors.keys()) {
      if (this.#numbers <= this.#most) return;
      this.#forget(oldest);
    }
  }

  forgetAll(): void {
    this.#vectors.clear();
    this.#numbers = 0;
  }

  #forget(key: string): void {
    this.#numbers -= this.#vectors.get(key)?.length ?? 0;
    this.#vectors.delete(key);
  }
}

/** By what a text is known here: nobody reads it out of it. */
function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
