import { fail } from '@sveltejs/kit';
import type { Refusal } from '../errors.ts';
import { sayReason, STATUS } from '../platform/refusal-words.ts';

/** The refusal as a status. */
export function statusOf(refusal: Refusal): number {
  return STATUS[refusal.code];
}

/** The refusal as a sentence. */
export function sentenceOf(refusal: Refusal, language: 'fr' | 'en'): string {
  return sayReason(language, refusal.reason, refusal.retryAfterSeconds);
}

/** What a form gets back: the sentence, one for each field at fault, and what was typed. */
export interface FormRefusal {
  message: string;
  reason: string;
  fields: Record<string, string>;
  values: Record<string, string>;
  /** What was chosen several times under one name, such as ticked boxes. */
  lists: Record<string, string[]>;
}

/** Answers a form with a refusal. Nothing that was typed is lost, except secrets. */
export function failWith(
  refusal: Refusal,
  language: 'fr' | 'en',
  { values, lists }: Pick<FormRefusal, 'values' | 'lists'>,
) {
  const fields = Object.entries(refusal.fields ?? {}).map(([field, reason]) => [
    field,
    sayReason(language, reason),
  ]);
  return fail<FormRefusal>(statusOf(refusal), {
    message: sentenceOf(refusal, language),
    reason: refusal.reason,
    fields: Object.fromEntries(fields) as Record<string, string>,
    values,
    lists,
  });
}
