/** Of our own likeness: where a scale says which nearness of vectors means the same. 0 and 1 mean the same everywhere. */
export const KNOTS = [0.2, 0.4, 0.6, 0.8] as const;

/**
 * What a nearness of vectors is on the scale of our own likeness, which every threshold of the product is set on: in a
 * straight line between the knots, so what is nearer stays nearer.
 * @param scale the nearness that stands for each of `KNOTS`, rising, between 0 and 1
 */
export function onOurScale(nearness: number, scale: readonly number[]): number {
  if (nearness >= 1) return 1;
  const [theirs, ours] = [
    [0, ...scale, 1],
    [0, ...KNOTS, 1],
  ];
  const above = theirs.findIndex((knot) => nearness < knot);
  const [from, to] = [theirs[above - 1]!, theirs[above]!];
  return ours[above - 1]! + ((nearness - from) / (to - from)) * (ours[above]! - ours[above - 1]!);
}
