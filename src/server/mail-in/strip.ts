const WROTE = /\b(wrote|a écrit|a ecrit|écrivait)\s*:$/i;
const INTRODUCTIONS = [
  /^(on|le)\s.{1,400}\b(wrote|a écrit|a ecrit|écrivait)\s*:$/i,
  /^\d{4}-\d\d-\d\d\b.{0,200}@.{1,100}:$/,
  /^.{1,120}@.{1,100}\b(wrote|a écrit|a ecrit)\s*:$/i,
];
const RULES = [
  /^-{2,}\s*(message d['’]origine|message original|original message|mail original|e-mail d['’]origine|message transféré|message transmis|forwarded message)\s*-{2,}$/i,
  /^_{20,}$/,
];
const HEAD = /^(de|from|expéditeur)\s*:/i;
const HEAD_GOES_ON = /^(envoyé|envoyé le|date|sent|objet|subject)\s*:/i;
const SIGNATURE = /^\\?--$/;
const MACHINES =
  /^\[?(sent (from|with|via)|envoyé (de|depuis|à partir de|avec|via)|get|obtenir|obtenez|télécharger|téléchargez|provenance\s*:)\s(my|mon|ma|l['’]application|\[?outlook|\[?proton|\[?mail|\[?courrier|yahoo|gmail)\b[^,;!?]{0,100}$/i;
const LINES_OF_INTRODUCTION = 4;
const LONGEST_INTRODUCTION = 500;

/** A stretch of a mail: what its writer says, or what he quotes. */
interface Stretch {
  lines: string[];
  quote: boolean;
  /** After a line like "X wrote:": his program put it there, not he. */
  introduced: boolean;
}

/**
 * What the writer of a mail says himself: without the mail he answers, his signature and what his device adds, in French
 * and English. Answers between the lines keep the lines they answer.
 */
export function ownWords(text: string): string {
  const stretches = trimmed(stretchesOf(text.split('\n')));
  const quotes = stretches.filter(({ quote }) => quote);
  const kept =
    quotes.length === 1 && quotes[0]!.introduced ? stretches.filter(({ quote }) => !quote) : stretches;
  return kept
    .map(({ lines }) => lines.join('\n').trim().replace(/\\$/, ''))
    .filter(Boolean)
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** All that a mail says, what it forwards as well: without its writer's signature and what his device adds. */
export function allWords(text: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => SIGNATURE.test(bare(line)));
  if (from !== -1) {
    const next = lines.findIndex((_, at) => at > from && headsAnother(lines, at));
    lines.splice(from, (next === -1 ? lines.length : next) - from);
  }
  while (lines.length > 0 && isIdle(lines.at(-1)!)) lines.pop();
  return lines
    .join('\n')
    .trim()
    .replace(/\\$/, '')
    .replace(/\n{3,}/g, '\n\n');
}

const FORWARDED = /^\s*(?:(?:re|fw|fwd|tr|rép|aw|wg)\s*:\s*)+/i;
const LONGEST_TITLE = 200;

/** The subject of a mail as a title: without what programs put before it. */
export function titleOf(subject: string): string {
  const title = subject.replace(FORWARDED, '').replace(/\s+/g, ' ').trim();
  return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1).toWellFormed()}…`;
}

function stretchesOf(lines: string[]): Stretch[] {
  const found: Stretch[] = [];
  let introduced = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const quote = /^\s*>/.test(line);
    if (!quote) {
      if (endsHere(lines, at)) return found;
      const length = introductionAt(lines, at);
      if (length > 0) {
        if (!quotesNext(lines, at + length)) return found;
        introduced = true;
        at += length - 1;
        continue;
      }
    }
    const last = found.at(-1);
    if (last && (last.quote === quote || (last.quote && !line.trim()))) last.lines.push(line);
    else found.push({ lines: [line], quote, introduced: quote && introduced });
    if (quote) introduced = false;
  }
  return found;
}

/** Without quotes, blank lines and marks of devices at the end. */
function trimmed(stretches: Stretch[]): Stretch[] {
  const kept = [...stretches];
  for (let last = kept.at(-1); last; last = kept.at(-1)) {
    while (last.lines.length > 0 && (last.quote || isIdle(last.lines.at(-1)!))) last.lines.pop();
    if (last.lines.length > 0) break;
    kept.pop();
  }
  return kept;
}

function isIdle(line: string): boolean {
  const words = bare(line);
  return words === '' || MACHINES.test(words);
}

function endsHere(lines: string[], at: number): boolean {
  return SIGNATURE.test(bare(lines[at]!)) || headsAnother(lines, at);
}

/** Whether another mail begins here, as programs say it. */
function headsAnother(lines: string[], at: number): boolean {
  const words = bare(lines[at]!);
  if (RULES.some((rule) => rule.test(words))) return true;
  return HEAD.test(words) && lines.slice(at + 1, at + 8).some((line) => HEAD_GOES_ON.test(bare(line)));
}

/** How many lines say, from here, who wrote what is quoted below; 0 where none does. */
function introductionAt(lines: string[], at: number): number {
  let words = '';
  for (let count = 1; count <= LINES_OF_INTRODUCTION; count += 1) {
    const next = bare(lines[at + count - 1] ?? '');
    if (!next || next.startsWith('>')) return 0;
    words = `${words} ${next}`.trim();
    if (words.length > LONGEST_INTRODUCTION) return 0;
    const dated = /[\d@]/.test(words) || (WROTE.test(words) && quotesNext(lines, at + count));
    if (dated && INTRODUCTIONS.some((one) => one.test(words))) return count;
  }
  return 0;
}

function quotesNext(lines: string[], from: number): boolean {
  const next = lines.slice(from, from + 4).find((line) => line.trim());
  return next !== undefined && /^\s*>/.test(next);
}

/** A line without the dress that programs, or its way through Markdown, gave it. */
function bare(line: string): string {
  return line
    .slice(0, LONGEST_INTRODUCTION)
    .replace(/[\u00a0\u202f\u200b]/g, ' ')
    .replace(/\*/g, '')
    .replace(/\\$/, '')
    .trim()
    .replace(/^- (?=(le|on)\s)/i, '');
}
