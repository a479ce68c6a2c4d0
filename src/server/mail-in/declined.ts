import type { Refusal } from '../errors.ts';

/** Why a mail is not taken: `mailIn.<why>` says it in words. */
export type Why =
  | 'unknown'
  | 'sender'
  | 'notYours'
  | 'empty'
  | 'nothing'
  | 'unreadable'
  | 'gone'
  | 'member'
  | 'archived'
  | 'shut'
  | 'large'
  | 'long'
  | 'files'
  | 'often'
  | 'later';

/** A mail that is not taken. */
export class Declined extends Error {
  readonly why: Why;

  constructor(why: Why) {
    super(why);
    this.why = why;
  }

  /** The reply of SMTP: 4xx asks to try again, 5xx not to. */
  get code(): number {
    if (this.why === 'later' || this.why === 'often') return 451;
    return this.why === 'large' ? 552 : 550;
  }
}

/** A refusal of the network, as whoever wrote a mail is told of it. */
export function whyOf({ code, reason, fields }: Refusal): Why {
  if (code === 'too_many') return 'often';
  if (code === 'unavailable' || code === 'conflict') return 'later';
  if (reason === 'text_too_long') return 'large';
  if (reason === 'comment_too_long') return 'long';
  if (reason === 'text_empty') return 'empty';
  if (reason === 'community_archived') return 'archived';
  return fields?.['file'] ? 'files' : 'gone';
}
