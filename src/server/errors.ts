/** The closed list of ways to say no. One place (web/refusal.ts) maps them to HTTP. */
export type RefusalCode =
  'unauthenticated' | 'forbidden' | 'not_found' | 'invalid' | 'conflict' | 'too_many' | 'unavailable';

/**
 * A refusal: a code for machines and a reason that `messages/*.json` says in words under `refusal.<reason>`.
 * `fields` names the fields at fault, each with its own reason.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly reason: string;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: RefusalCode,
    reason: string,
    fields?: Record<string, string>,
    retryAfterSeconds?: number,
  ) {
    super(`${code}: ${reason}`);
    this.code = code;
    this.reason = reason;
    this.fields = fields;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What is hidden and what never was are refused with these same words. */
export function notFound(): Refusal {
  return new Refusal('not_found', 'not_found');
}

/** Refuses one field of a form. */
export function invalid(field: string, reason: string): Refusal {
  return new Refusal('invalid', reason, { [field]: reason });
}
