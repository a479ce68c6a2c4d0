/** What the clock on the wall shows somewhere at an instant. */
export interface WallClock {
  /** `2026-03-29` */
  day: string;
  /** 1 is Monday. */
  weekday: number;
  /** Minutes since midnight, as shown. */
  minute: number;
  /** What is shown, counted as if it were UTC: to count with, never to keep. */
  local: number;
}

// Making an Intl format costs a thousand times more than using it.
const formats = new Map<string, Intl.DateTimeFormat>();

/** Reads the wall clock of a time zone; one that is not known reads as Paris. */
export function wallClock(timeZone: string): (at: number) => WallClock {
  let format = formats.get(timeZone);
  if (!format) formats.set(timeZone, (format = formatOf(timeZone)));
  const clock = format;
  return (at) => {
    const shown = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = `${shown['year']}-${shown['month']}-${shown['day']}`;
    const [hour, minute, second] = [shown['hour'], shown['minute'], shown['second']].map(Number) as [
      number,
      number,
      number,
    ];
    const midnight = Date.parse(day);
    return {
      day,
      weekday: new Date(midnight).getUTCDay() || 7,
      minute: hour * 60 + minute,
      local: midnight + ((hour * 60 + minute) * 60 + second) * 1000 + (((at % 1000) + 1000) % 1000),
    };
  };
}

/** How far the wall clock of a zone is ahead of UTC between two instants, piece by piece. */
export interface ClockShift {
  begins: string;
  ends: string;
  seconds: number;
}

const QUARTER = 15 * 60_000;

/** Clocks are changed at a quarter of an hour of UTC. */
export function clockShifts(timeZone: string, from: Date, to: Date): ClockShift[] {
  const read = wallClock(timeZone);
  const shifts: ClockShift[] = [];
  const offset = (at: number) => (read(at).local - at) / 1000;
  const day = 96 * QUARTER;
  let begins = Math.floor(from.getTime() / QUARTER) * QUARTER;
  const end = to.getTime() + day;
  for (let at = begins; at < end; at += day) {
    if (offset(at) === offset(at + day)) continue;
    let change = at;
    while (offset(change) === offset(begins)) change += QUARTER;
    shifts.push(piece(begins, change, offset(begins)));
    begins = change;
  }
  return [...shifts, piece(begins, end + day, offset(begins))];
}

function piece(begins: number, ends: number, seconds: number): ClockShift {
  return { begins: new Date(begins).toISOString(), ends: new Date(ends).toISOString(), seconds };
}

/** Whether there is such a time zone. */
export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: isTimeZone(timeZone) ? timeZone : 'Europe/Paris',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}
