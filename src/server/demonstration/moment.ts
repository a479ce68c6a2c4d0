const zone = 'Europe/Paris';
const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
const offset = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** So many days before `now`, at that time of day on the clocks of Paris. */
export function momentBefore(now: Date, { daysAgo, at = '09:00' }: { daysAgo: number; at?: string }): Date {
  const today = Date.parse(`${calendar.format(now)}T${at}:00Z`);
  const asIfUtc = today - daysAgo * DAY;
  return new Date(asIfUtc - minutesAhead(asIfUtc) * MINUTE);
}

function minutesAhead(instant: number): number {
  const name = offset.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}
