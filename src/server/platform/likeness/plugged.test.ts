import { expect, test } from 'vitest';
import { KNOTS, onOurScale } from './scale.ts';
import { RememberedVectors } from './remembered.ts';

test('what is remembered has an end, and what was asked for last stays longest', () => {
  const vectors = new RememberedVectors(10);
  const vector = Float32Array.from([0, 0, 1]);
  for (const text of ['one', 'two', 'three']) vectors.remember(text, vector);
  vectors.remember('three', vector);
  expect(vectors.recall('one')).toBe(vector);
  vectors.remember('four', vector);
  expect(['one', 'two', 'three', 'four'].filter((text) => vectors.recall(text))).toEqual([
    'one',
    'three',
    'four',
  ]);
  vectors.remember('too long', new Float32Array(11));
  expect(vectors.recall('too long')).toBeUndefined();
  vectors.remember('one', vector);
  vectors.forgetAll();
  expect(vectors.recall('one')).toBeUndefined();
});

test('a scale leads each knot to ours, and what is nearer stays nearer', () => {
  const scale = [0.71, 0.78, 0.86, 0.93];
  expect(scale.map((knot) => onOurScale(knot, scale))).toEqual(KNOTS.map((knot) => expect.closeTo(knot, 10)));
  const steps = Array.from({ length: 1_001 }, (_, at) => onOurScale(at / 1_000, scale));
  expect([steps[0], steps.at(-1)]).toEqual([0, 1]);
  for (let at = 1; at < steps.length; at += 1) expect(steps[at]!).toBeGreaterThan(steps[at - 1]!);
});
