import { KNOTS } from '#server/platform/likeness/scale.ts';

/** Fewer pairs than this between two knots say nothing of where they are. */
const FEWEST = 20;

/**
 * Which of another likeness's values stands for each knot of our scale: as many of the pairs are above it as are above the
 * knot by ours. So it keeps its own order, and every threshold of the product is passed as often as before, by other pairs.
 * What people judged is not asked: any pairs do that are alike now more, now less.
 */
export function calibrated(ours: readonly number[], theirs: readonly number[]): number[] {
  const [down, order] = [ours, theirs].map((values) => values.toSorted((a, b) => b - a)) as [
    number[],
    number[],
  ];
  const above = KNOTS.map((knot) => down.filter((value) => value >= knot).length);
  const shares = [down.length, ...above, 0];
  if (shares.some((share, at) => at > 0 && shares[at - 1]! - share < FEWEST)) {
    throw new Error(
      `to calibrate, there must be ${FEWEST} pairs at least below, between and above ${KNOTS.join(', ')} by our likeness: ` +
        `there are ${shares
          .slice(1)
          .map((share, at) => shares[at]! - share)
          .join(', ')}`,
    );
  }
  const scale = above.map((share) => Number(((order[share - 1]! + order[share]!) / 2).toFixed(4)));
  if (scale.some((knot, at) => knot <= (scale[at - 1] ?? 0) || knot >= 1))
    throw new Error(
      'to calibrate, the server must tell these pairs apart: too many of them are equally near',
    );
  return scale;
}
