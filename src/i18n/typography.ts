const NARROW = '\u202f';

/**
 * Sets a sentence of the interface the way a typographer would: curled apostrophes and true ellipses everywhere;
 * in French, narrow spaces that never break before `; : ! ? %` and inside guillemets. For our own sentences only:
 * what people wrote is left as they wrote it.
 */
export function typeset(text: string, language: 'fr' | 'en'): string {
  const curled = text.replace(/(?<=[\p{L}\d}])'/gu, '’').replaceAll('...', '…');
  if (language !== 'fr') return curled;
  return curled.replace(/ (?=[;:!?%»])/g, NARROW).replace(/« /g, `«${NARROW}`);
}
