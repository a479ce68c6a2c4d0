import type { z } from 'zod';
import { Refusal } from '../../errors.ts';

type Issue = z.core.$ZodIssue;

const DEEPEST = 20;
/** Each that is wrong gets a reason of its own: 200,000 of them took two seconds. */
const MOST_VALUES = 10_000;

/**
 * What `schema` makes of `value`; refuses with a reason for each field at fault, and whatever is nested too deeply, has
 * too many values or holds text that no database keeps.
 */
export function readInput<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  refuseUnstorable(value);
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

/** Walks without recursion: depth is what is being measured. */
function refuseUnstorable(root: unknown): void {
  const open: { value: unknown; field: string; depth: number }[] = [{ value: root, field: '', depth: 0 }];
  let values = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, field, depth } = next;
    if (typeof value === 'string') {
      if (!isStorable(value)) throw unstorable(field);
    } else if (typeof value === 'object' && value !== null) {
      if (depth === DEEPEST) throw new Refusal('invalid', 'body_too_deep');
      for (const [key, inner] of Object.entries(value)) {
        if (!isStorable(key)) throw unstorable('');
        if (++values > MOST_VALUES) throw new Refusal('invalid', 'too_many_values');
        open.push({ value: inner, field: field || key, depth: depth + 1 });
      }
    }
  }
}

/** PostgreSQL keeps no NUL, and half a surrogate pair would come back as another character. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function unstorable(field: string): Refusal {
  return new Refusal('invalid', 'bad_characters', field ? { [field]: 'bad_characters' } : undefined);
}
