const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** French and German names as feeds write them, by what tells them apart. */
const foreignMonths: [RegExp, number][] = [
  [/^janv|^jän/, 0],
  [/^f[ée]v/, 1],
  [/^mars|^mär/, 2],
  [/^avr/, 3],
  [/^mai/, 4],
  [/^juin/, 5],
  [/^juil/, 6],
  [/^ao[uû]/, 7],
  [/^okt/, 9],
  [/^d[ée]c|^dez/, 11],
];
const zones: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  wet: 0,
  west: 1,
  bst: 1,
  cet: 1,
  met: 1,
  cest: 2,
  mest: 2,
};
Object.assign(zones, {
  eet: 2,
  eest: 3,
  msk: 3,
  ist: 5.5,
  jst: 9,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
});

/** A date in any of the forms that exports and feeds use; nothing when it says none, or a year no blog was written in. */
export function readDate(value: string | undefined): Date | undefined {
  const text = value?.trim().replace(/\s+/g, ' ').slice(0, 100) ?? '';
  if (!text || /^-|0000-00-00/.test(text)) return undefined;
  const at = iso(text) ?? named(text) ?? seconds(text) ?? Date.parse(text);
  const date = new Date(at);
  const year = date.getUTCFullYear();
  return year > 1970 && year < 2200 ? date : undefined;
}

/** The same, but never in the future. */
export function pastDate(value: string | undefined): Date | undefined {
  const date = readDate(value);
  return date && new Date(Math.min(date.getTime(), Date.now()));
}

/** 2006-12-16 10:00:00, 2006-12-16T10:00:00+01:00, 20061216T10:00Z ... Without a zone: UTC. */
function iso(text: string): number | undefined {
  const match =
    /^(\d{4})-?(\d\d)(?:-?(\d\d))?(?:[T ,]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)? ?(.*)$/i.exec(text) ??
    undefined;
  if (!match || /^\d{10,13}$/.test(text)) return undefined;
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone = ''] = match;
  const milliseconds = Number(`0.${fraction}`) * 1000;
  return instant([year, Number(month) - 1, day, hour, minute, second, milliseconds], zone);
}

/** Sat, 16 Dec 2006 10:00:00 +0100; 16 déc. 2006; December 16, 2006 10:00 ... */
function named(text: string): number | undefined {
  const words = text.replace(/^\p{L}+\.?,? (?=\d)/u, '');
  const dayFirst = /^(\d{1,2})(?:er)?[ -](\p{L}+)\.?,?[ -](\d{4}|\d\d)\b(.*)$/u.exec(words);
  const monthFirst = /(?:^|, )(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b(.*)$/u.exec(text);
  const [, day, month, year, rest = ''] = dayFirst ?? (monthFirst && swap(monthFirst)) ?? [];
  const index = monthIndex(month);
  if (index === undefined || !year) return undefined;
  const time = /^,?(?: at| à)? ?(?:(\d{1,2})[:h](\d\d)(?::(\d\d))?(?:\.\d+)?)? ?([ap]m)? ?(.*)$/i.exec(rest);
  const [, hour = '0', minute = '0', second = '0', half = '', zone = ''] = time ?? [];
  const full = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : year;
  const hours = half ? (Number(hour) % 12) + (/pm/i.test(half) ? 12 : 0) : hour;
  return instant([full, index, day, hours, minute, second, 0], zone);
}

function swap([all, month, day, year, rest]: RegExpExecArray): (string | undefined)[] {
  return [all, day, month, year, rest];
}

function monthIndex(name: string | undefined): number | undefined {
  const word = name?.toLowerCase() ?? '';
  const english = months.indexOf(word.slice(0, 3));
  if (english >= 0 && word !== 'juin' && word !== 'juillet') return english;
  return foreignMonths.find(([pattern]) => pattern.test(word))?.[1];
}

function seconds(text: string): number | undefined {
  if (!/^\d{9,13}$/.test(text)) return undefined;
  return Number(text) * (text.length > 10 ? 1 : 1000);
}

function instant(parts: (string | number | undefined)[], zone: string): number | undefined {
  const [year, month, day, hour, minute, second, millisecond] = parts.map(Number) as [number, ...number[]];
  const valid = month! <= 11 && day! >= 1 && day! <= 31 && hour! <= 24 && minute! <= 59 && second! <= 60;
  if (!valid) return undefined;
  return Date.UTC(year, month, day, hour, minute, second, millisecond) - offset(zone) * 3_600_000;
}

function offset(zone: string): number {
  const numeric = /(?:^|[a-z ])([+-])(\d\d):?(\d\d)?/i.exec(zone);
  if (numeric) {
    const hours = Number(numeric[2]) + Number(numeric[3] ?? 0) / 60;
    return hours > 14 ? 0 : numeric[1] === '-' ? -hours : hours;
  }
  return zones[zone.trim().toLowerCase().replace(/[()]/g, '')] ?? 0;
}
