const SLUG = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** True for the text form of a community's slug. Anything else cannot name one. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}
