import { expect, test } from 'vitest';
import { z } from 'zod';
import { readInput } from './input.ts';

const tagged = z.object({ tags: z.array(z.enum(['prix'])) });

test('a body of more values than anybody sends is refused whole, not value by value', () => {
  const wrong = (count: number) => () => readInput(tagged, { tags: Array(count).fill('délai') });
  expect(wrong(3)).toThrow(
    expect.objectContaining({
      reason: 'invalid_fields',
      fields: expect.objectContaining({ 'tags.2': 'field_not_offered' }),
    }),
  );
  expect(wrong(20_000)).toThrow(expect.objectContaining({ reason: 'too_many_values' }));
});
