/** Parts of a text, as numbers (`hashOf`), and what each weighs. */
export class Vector {
  readonly parts: Int32Array;
  readonly length: number;
  readonly #weights: Float64Array;
  #byPart: Map<number, number> | undefined;

  constructor(parts: Int32Array, weights: Float64Array) {
    this.parts = parts;
    this.#weights = weights;
    let squares = 0;
    for (const weight of weights) squares += weight * weight;
    this.length = Math.sqrt(squares);
  }

  /** The cosine with another one. The first of the two remembers its parts by name: it is the one compared with many. */
  cosine(other: Vector): number {
    if (this.length === 0 || other.length === 0) return 0;
    this.#byPart ??= new Map(Array.from(this.parts, (part, at) => [part, this.#weights[at]!]));
    let product = 0;
    for (let at = 0; at < other.parts.length; at += 1) {
      const own = this.#byPart.get(other.parts[at]!);
      if (own !== undefined) product += own * other.#weights[at]!;
    }
    // Rounding may lead past 1.
    return Math.min(1, product / (this.length * other.length));
  }
}

/** What a word gives: parts, and what each weighs where it comes once. */
export interface Parts {
  parts: Int32Array;
  weights: Float64Array;
}

/** The vector of words that come so many times each. */
export function vectorOf(words: Iterable<readonly [Parts, number]>): Vector {
  let many = 0;
  for (const [{ parts, weights }, times] of words) {
    for (let at = 0; at < parts.length; at += 1) {
      if (many * 2 >= table.size) table = larger(table, many);
      many += count(parts[at]!, weights[at]!, times);
    }
  }
  const found = { parts: new Int32Array(many), weights: new Float64Array(many) };
  for (let at = 0; at < many; at += 1) {
    const slot = table.order[at]!;
    const times = table.times[slot]!;
    found.parts[at] = table.parts[slot]!;
    found.weights[at] = (times === 1 ? 1 : 1 + Math.log(times)) * table.weights[slot]!;
    table.times[slot] = 0;
  }
  return new Vector(found.parts, found.weights);

  /** 1 where the part was not there yet. */
  function count(part: number, weight: number, times: number): number {
    let slot = part & (table.size - 1);
    while (table.times[slot] !== 0 && table.parts[slot] !== part) slot = (slot + 1) & (table.size - 1);
    table.times[slot]! += times;
    if (table.times[slot] !== times) return 0;
    table.parts[slot] = part;
    table.weights[slot] = weight;
    table.order[many] = slot;
    return 1;
  }
}

/*
 * The parts of one text being counted: one table for all texts, empty between two, because a `Map` for each costs
 * several times what the rest does.
 */
let table = empty(4_096);

function empty(size: number) {
  return {
    size,
    parts: new Int32Array(size),
    times: new Int32Array(size),
    weights: new Float64Array(size),
    /** The slots in use, in the order in which they were taken. */
    order: new Int32Array(size),
  };
}

function larger(before: typeof table, many: number): typeof table {
  const after = empty(before.size * 2);
  for (let at = 0; at < many; at += 1) {
    const from = before.order[at]!;
    let slot = before.parts[from]! & (after.size - 1);
    while (after.times[slot] !== 0) slot = (slot + 1) & (after.size - 1);
    after.parts[slot] = before.parts[from]!;
    after.times[slot] = before.times[from]!;
    after.weights[slot] = before.weights[from]!;
    after.order[at] = slot;
  }
  return after;
}
