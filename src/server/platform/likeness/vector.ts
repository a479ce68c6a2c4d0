/** Parts of a text, as numbers (`hashOf`), and what each weighs. */
export class Vector {
  readonly parts: Int32Array;
  readonly length: number;
  readonly #weights: Float64Array;
  #table: Table | undefined;

  constructor(parts: Int32Array, weights: Float64Array) {
    this.parts = parts;
    this.#weights = weights;
    let squares = 0;
    for (const weight of weights) squares += weight * weight;
    this.length = Math.sqrt(squares);
  }

  /** The cosine with another one. The first of the two remembers where its parts are: it is the one compared with many. */
  cosine(other: Vector): number {
    if (this.length === 0 || other.length === 0) return 0;
    this.#table ??= tableOf(this.parts, this.#weights);
    let product = 0;
    for (let at = 0; at < other.parts.length; at += 1) {
      const slot = slotOf(this.#table, other.parts[at]!);
      product += this.#table.weights[slot]! * other.#weights[at]!;
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
      if (many * 2 >= counting.parts.length) grow(many);
      const slot = slotOf(counting, parts[at]!);
      if (counting.times[slot] === 0) {
        counting.parts[slot] = parts[at]!;
        counting.weights[slot] = weights[at]!;
        counting.order[many] = slot;
        many += 1;
      }
      counting.times[slot]! += times;
    }
  }
  const found = { parts: new Int32Array(many), weights: new Float64Array(many) };
  for (let at = 0; at < many; at += 1) {
    const slot = counting.order[at]!;
    const times = counting.times[slot]!;
    found.parts[at] = counting.parts[slot]!;
    found.weights[at] = (times === 1 ? 1 : 1 + Math.log(times)) * counting.weights[slot]!;
    counting.times[slot] = 0;
    counting.weights[slot] = 0;
  }
  return new Vector(found.parts, found.weights);
}

/** Parts by their numbers, in a power of two of places, half of them empty. Where the weight is 0 nothing is. */
type Table = Parts;

/** Where the part is, or where there is room for it. */
function slotOf({ parts, weights }: Table, part: number): number {
  const mask = parts.length - 1;
  let slot = part & mask;
  while (weights[slot] !== 0 && parts[slot] !== part) slot = (slot + 1) & mask;
  return slot;
}

function tableOf(parts: Int32Array, weights: Float64Array): Table {
  const size = 2 ** Math.ceil(Math.log2(2 * parts.length + 2));
  const table = { parts: new Int32Array(size), weights: new Float64Array(size) };
  parts.forEach((part, at) => {
    const slot = slotOf(table, part);
    table.parts[slot] = part;
    table.weights[slot] = weights[at]!;
  });
  return table;
}

/*
 * The parts of one text being counted: one table for all texts, empty between two, because a `Map` for each costs
 * several times what the rest does. `order` are the slots in use, as they were taken.
 */
let counting = emptyCounts(4_096);

function emptyCounts(size: number) {
  return {
    parts: new Int32Array(size),
    weights: new Float64Array(size),
    times: new Int32Array(size),
    order: new Int32Array(size),
  };
}

function grow(many: number): void {
  const before = counting;
  counting = emptyCounts(before.parts.length * 2);
  for (let at = 0; at < many; at += 1) {
    const from = before.order[at]!;
    const slot = slotOf(counting, before.parts[from]!);
    counting.parts[slot] = before.parts[from]!;
    counting.weights[slot] = before.weights[from]!;
    counting.times[slot] = before.times[from]!;
    counting.order[at] = slot;
  }
}
