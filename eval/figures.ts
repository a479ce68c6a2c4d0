/** Figures that say how well numbers given agree with what people judged. */

/** Spearman's rank correlation, ties sharing their mean rank. 0 where either side never varies. */
export function spearman(given: readonly number[], judged: readonly number[]): number {
  return pearson(ranks(given), ranks(judged));
}

/** The chance that a pair judged alike was given more than one judged unlike; 0.5 where one of both kinds is missing. */
export function areaUnderCurve(given: readonly number[], alike: readonly boolean[]): number {
  const placed = ranks(given);
  const positives = alike.filter(Boolean).length;
  const negatives = alike.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  const sum = placed.reduce((total, rank, at) => total + (alike[at] ? rank : 0), 0);
  return (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

export interface Decision {
  f1: number;
  precision: number;
  recall: number;
}

/** What comes of calling alike whatever was given at least `threshold`. */
export function decided(given: readonly number[], alike: readonly boolean[], threshold: number): Decision {
  let [right, called] = [0, 0];
  given.forEach((value, at) => {
    if (value < threshold) return;
    called += 1;
    if (alike[at]) right += 1;
  });
  return decision(right, called, alike.filter(Boolean).length);
}

/** The threshold that gives the best F1. */
export function bestThreshold(given: readonly number[], alike: readonly boolean[]): number {
  const all = alike.filter(Boolean).length;
  const order = given.map((value, at) => ({ value, alike: alike[at] })).sort((a, b) => b.value - a.value);
  let best = { f1: -1, threshold: Infinity };
  let right = 0;
  order.forEach((each, at) => {
    if (each.alike) right += 1;
    // Equal values are called alike together.
    if (order[at + 1]?.value === each.value) return;
    const { f1 } = decision(right, at + 1, all);
    if (f1 > best.f1) best = { f1, threshold: each.value };
  });
  return best.threshold;
}

function decision(right: number, called: number, all: number): Decision {
  const precision = called > 0 ? right / called : 0;
  const recall = all > 0 ? right / all : 0;
  return { precision, recall, f1: right > 0 ? (2 * precision * recall) / (precision + recall) : 0 };
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const placed = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (order[to]?.value === order[from]?.value && to < order.length) to += 1;
    for (const { at } of order.slice(from, to)) placed[at] = (from + to + 1) / 2;
    from = to;
  }
  return placed;
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [together, ofA, ofB] = [0, 0, 0];
  a.forEach((value, at) => {
    const [x, y] = [value - meanA, (b[at] ?? 0) - meanB];
    together += x * y;
    ofA += x * x;
    ofB += y * y;
  });
  return ofA > 0 && ofB > 0 ? together / Math.sqrt(ofA * ofB) : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / Math.max(1, values.length);
}
