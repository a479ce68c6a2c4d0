import type { z } from '@hono/zod-openapi';
import { Refusal } from '../../errors.ts';

type Issue = z.core.$ZodIssue;

/** What `schema` makes of `value`; refuses with a reason for each field at fault. */
export function checked<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) {
    if (issue.path.length > 0) fields[issue.path.join('.')] ??= reasonOf(issue);
  }
  if (Object.keys(fields).length === 0) throw new Refusal('invalid', 'body_not_object');
  throw new Refusal('invalid', 'invalid_fields', fields);
}

function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'field_required' : 'field_wrong_type';
    case 'invalid_value':
      return 'field_not_offered';
    case 'too_big':
      return 'field_too_long';
    case 'too_small':
      return 'field_too_short';
    default:
      return 'field_invalid';
  }
}
