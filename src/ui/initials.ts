/** One or two letters that stand for a name: `Jean-Marc Bellot` is JB, `سارة` is س. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const last = words.length > 1 ? words.at(-1) : undefined;
  return (firstLetter(words[0] ?? '?') + firstLetter(last ?? '')).toUpperCase();
}

function firstLetter(word: string): string {
  const point = word.codePointAt(0);
  return point === undefined ? '' : String.fromCodePoint(point);
}

/** A hue between 0 and 359, always the same for the same name. */
export function hueOf(name: string): number {
  let hash = 2166136261;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 16777619);
  return ((hash >>> 8) ^ (hash & 0xff)) % 360;
}
