import { likeness, prepare, type Prepared } from '../platform/likeness/likeness.ts';

/** A sentence that says a price or a day. */
export interface Statement {
  kind: 'price' | 'date';
  /** As they stand there. */
  shown: string[];
  sentence: string;
}

/** Statements that speak of the same thing and do not agree. */
export interface Contradiction<Said extends Statement = Statement> {
  kind: Statement['kind'];
  statements: Said[];
}

interface Read<Said extends Statement> {
  said: Said;
  values: string[];
  about: Prepared;
}

const AMOUNT = String.raw`(?<!\d)(?:\d{1,3}(?:[ \u00a0\u202f.]\d{3}){1,5}(?:,\d{1,9})?|\d{1,15}(?:[.,]\d{1,9})?)`;
const MONEY: Record<string, string> = {
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  eur: 'EUR',
  $: 'USD',
  '£': 'GBP',
  chf: 'CHF',
};
const PRICE = new RegExp(
  String.raw`(?<amount>${AMOUNT})[ \u00a0\u202f]?(?<scale>k|K|M|millions? d['’e] ?|milliers? d['’e] ?)?[ \u00a0\u202f]?(?<unit>€|euros?\b|EUR\b|\$|£|CHF\b)|(?<before>[€$£])(?<after>${AMOUNT})(?<scaled>[kKM])?`,
  'giu',
);

const MONTHS = [
  ...([
    'janvier|january',
    'f[ée]vrier|february',
    'mars|march',
    'avril|april',
    'mai|may',
    'juin|june',
  ] as const),
  ...(['juillet|july', 'ao[ûu]t|august', 'septembre|september', 'octobre|october'] as const),
  ...(['novembre|november', 'd[ée]cembre|december'] as const),
];
const MONTH = MONTHS.join('|');
const DATE = new RegExp(
  String.raw`(?<![\d./-])(?:(?<isoYear>\d{4})-(?<isoMonth>\d{2})-(?<isoDay>\d{2})|(?<numDay>\d{1,2})/(?<numMonth>\d{1,2})/(?<numYear>\d{4})|(?:(?<day>\d{1,2})(?:er|st|nd|rd|th)?\s+)?(?<month>${MONTH})(?:\s+(?<dayAfter>\d{1,2})(?:st|nd|rd|th)?(?=,\s*\d{4}))?(?:,?\s+(?<year>\d{4}))?)(?![\p{L}\d])`,
  'giu',
);

/** Spoken about alike, figures and days apart. */
const SAME_SUBJECT = 0.6;
const MOST = 500;
const LONGEST_SENTENCE = 300;
const FEWEST_WORDS = 2;

/** The sentences of a text that say a price or a day. */
export function statementsIn(text: string): Statement[] {
  return text
    .slice(0, 20_000)
    .split(/(?<=[.!?;])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\d|€|mai|mars/u.test(sentence) && sentence.length <= LONGEST_SENTENCE)
    .flatMap((sentence) =>
      (['price', 'date'] as const).flatMap((kind): Statement[] => {
        const shown = matchesOf(kind, sentence).map(([text]) => text.trim());
        return shown.length > 0 ? [{ kind, shown, sentence }] : [];
      }),
    );
}

/**
 * Which statements contradict each other: they say nearly the same sentence, and no value of one agrees with any of the
 * other. Those of one find do not contradict themselves.
 */
export function contradictions<Said extends Statement>(
  statements: readonly Said[],
  oneSpeaker: (a: Said, b: Said) => boolean,
): Contradiction<Said>[] {
  const read = statements
    .slice(0, MOST)
    .map(understand)
    .filter(({ about }) => about.stems.parts.length >= FEWEST_WORDS);
  const found: Contradiction<Said>[] = [];
  const taken = new Set<Read<Said>>();
  read.forEach((one, at) => {
    if (taken.has(one)) return;
    const others = read
      .slice(at + 1)
      .filter(
        (other) =>
          !taken.has(other) &&
          other.said.kind === one.said.kind &&
          !oneSpeaker(one.said, other.said) &&
          !agree(one, other) &&
          likeness(one.about, other.about) >= SAME_SUBJECT,
      );
    if (others.length === 0) return;
    for (const each of [one, ...others]) taken.add(each);
    found.push({ kind: one.said.kind, statements: [one, ...others].map(({ said }) => said) });
  });
  return found;
}

function understand<Said extends Statement>(said: Said): Read<Said> {
  const values = matchesOf(said.kind, said.sentence).map(valueOf);
  // Neither the price nor the day is what the sentence is about.
  const about = prepare(said.sentence.replace(PRICE, ' ').replace(DATE, ' ').replace(/\d+/g, ' '));
  return { said, values, about };
}

function agree(a: Read<Statement>, b: Read<Statement>): boolean {
  return a.values.some((x) => b.values.some((y) => (a.said.kind === 'price' ? x === y : sameDay(x, y))));
}

/** What one date leaves open agrees with anything. */
function sameDay(a: string, b: string): boolean {
  const parts = b.split('-');
  return a.split('-').every((part, at) => part === '?' || parts[at] === '?' || part === parts[at]);
}

function matchesOf(kind: Statement['kind'], sentence: string): RegExpMatchArray[] {
  if (kind === 'price') return [...sentence.matchAll(PRICE)];
  // A month alone ("mai", "mars", a planet) is no day.
  return [...sentence.matchAll(DATE)].filter(({ groups = {} }) =>
    [groups.isoYear, groups.numYear, groups.day, groups.dayAfter, groups.year].some(Boolean),
  );
}

function valueOf({ groups = {} }: RegExpMatchArray): string {
  const amount = groups.amount ?? groups.after;
  if (amount)
    return `${numberOf(amount) * scaleOf(groups.scale ?? groups.scaled)} ${MONEY[(groups.unit ?? groups.before ?? '').toLowerCase()]}`;
  const year = groups.isoYear ?? groups.numYear ?? groups.year ?? '?';
  const day = groups.isoDay ?? groups.numDay ?? groups.day ?? groups.dayAfter;
  const month = groups.isoMonth ?? groups.numMonth ?? monthOf(groups.month ?? '');
  return [year, Number(month), day ? Number(day) : '?'].join('-');
}

function monthOf(name: string): number {
  return MONTHS.findIndex((month) => new RegExp(`^(?:${month})$`, 'iu').test(name)) + 1;
}

function numberOf(text: string): number {
  const plain = text.replace(/[ \u00a0\u202f]/g, '');
  // A point before three figures parts thousands; any other mark parts cents.
  return Number(plain.replace(/\.(?=\d{3}(?:\D|$))/g, '').replace(',', '.'));
}

function scaleOf(scale: string | undefined): number {
  if (!scale) return 1;
  return /^m(illion|$)/i.test(scale) ? 1_000_000 : 1_000;
}
