import type { RefusalCode } from '../errors.ts';
import { say } from './words.ts';

/** What a refusal is in HTTP, on pages and in the API alike. */
export const STATUS: Record<RefusalCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 422,
  conflict: 409,
  too_many: 429,
  unavailable: 503,
};

/** Says a reason in words; one that asks to wait may name the minutes. */
export function sayReason(language: 'fr' | 'en', reason: string, retryAfterSeconds = 0): string {
  return say(language, `refusal.${reason}`, { count: Math.max(1, Math.ceil(retryAfterSeconds / 60)) });
}
