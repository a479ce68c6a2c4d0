/** Programs that wrap do it in between. */
const NARROWEST = 70;
const WIDEST = 80;
const FENCE = /^\s*(```|~~~)/;
const STANDS_ALONE = /^(\s{4}|\t|\s*([>#|]|[-*+]\s|\d+[.)]\s))/;

/**
 * Plain text as Markdown, in which a line end means nothing: one that its writer typed is kept as a break, one that his
 * program made where the next word did not fit is not.
 */
export function keptLineEnds(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  let fenced = false;
  const ends = lines.map((line, at) => {
    if (FENCE.test(line)) fenced = !fenced;
    const next = lines[at + 1] ?? '';
    const prose = [line, next].every((one) => one !== '' && !STANDS_ALONE.test(one) && !FENCE.test(one));
    const fits = line.length + 1 + /^\S*/.exec(next)![0].length <= NARROWEST;
    const typed = fits || line.length > WIDEST;
    return prose && typed && !fenced ? `${line}\\` : line;
  });
  return ends.join('\n');
}
