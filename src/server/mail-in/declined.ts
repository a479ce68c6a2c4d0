/** Why a mail is not taken: `mailIn.<why>` says it in words. */
export type Why =
  'unknown' | 'sender' | 'empty' | 'unreadable' | 'gone' | 'large' | 'files' | 'often' | 'later';

/** A mail that is not taken. Its sender's own server tells him: we never write back ourselves. */
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
