const NARROW = '\u202f';

/**
 * Sets a sentence of the interface the way a typographer would: curled apostrophes and true ellipses everywhere;
 * in French, narrow spaces that never break before `; : ! ? %` and inside guillemets. For our own sentences only:
 * what people wrote gets `spaced`, which adds and takes away nothing.
 */
export function typeset(text: string, language: 'fr' | 'en'): string {
  const curled = text.replace(/(?<=[\p{L}\d}])'/gu, '’').replaceAll('...', '…');
  if (language !== 'fr') return curled;
  return curled.replace(/ (?=[;:!?%»])/g, NARROW).replace(/« /g, `«${NARROW}`);
}

// A colon or semicolon with something behind it may be a smile, an hour or an emoji: those are left alone.
const BEFORE_SIGN = / (?=[;:](?:[\s»]|$)|[!?]+(?:[\s»)”"\].…]|$)|»)/g;
const BEFORE_UNIT = /(?<=\d) (?=(?:[%€]|[kM]€|h|min|km|kg)(?![\p{L}\d]))/gu;
const IN_HOUR = /(?<=\d[ \u202f]h) (?=\d{2}(?!\d))/g;
const AFTER_OPENING = /(?<=«) /g;
const IN_NUMBER = /(?<=(?<!\d)\d{1,3}) (?=\d{3}(?!\d))/g;

/**
 * What a person wrote in French, its spaces before `; : ! ? » % €`, behind `«` and within `412 000` narrow and
 * unbreakable, and so before `h`, `min`, `km`, `kg` behind a number: no line begins with a sign or half a number. Only spaces that stand there change.
 */
export function spaced(text: string): string {
  return [BEFORE_SIGN, BEFORE_UNIT, IN_HOUR, AFTER_OPENING, IN_NUMBER].reduce(
    (spacing, place) => spacing.replace(place, NARROW),
    text,
  );
}

const ENGLISH = /\b(?:the|and|of|to|is|that|with|for|you|this|it|are|was|we|have|not)\b/gi;
const FRENCH =
  /(?<![\p{L}])(?:le|la|les|des|du|et|est|un|une|que|qui|dans|pour|pas|vous|je|nous|ce|à|il)(?![\p{L}])/giu;
const HEARD = 3_000;

/** True of a text that has more of the small words of English than of French. */
export function readsEnglish(text: string): boolean {
  const begun = text.slice(0, HEARD);
  return (begun.match(ENGLISH)?.length ?? 0) > (begun.match(FRENCH)?.length ?? 0);
}
