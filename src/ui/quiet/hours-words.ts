import type { TypedHours } from '#server/quiet/input.ts';
import { timeOfDay, weekday, weekdays } from '../../i18n/calendar.ts';
import type { Words } from '../words.ts';

/** `du lundi au vendredi, de 8 h 30 à 18 h 30` */
export function hoursInWords({ t, language }: Words, { days, opensAt, closesAt }: TypedHours): string {
  const [first = 1] = days;
  const inARow = days.length > 2 && days.every((day, index) => day === first + index);
  const night = closesAt !== '00:00' && closesAt < opensAt;
  return t(night ? 'quiet.nightSentence' : 'quiet.hoursSentence', {
    days: inARow
      ? t('quiet.daysRange', { from: weekday(language, first), to: weekday(language, days.at(-1) ?? first) })
      : weekdays(language, days),
    from: timeOfDay(language, opensAt),
    to: timeOfDay(language, closesAt === '00:00' ? '24:00' : closesAt),
  });
}

/** The boxes of the days, by name: `day1` is Monday's. */
export function tickedDays(ticked: (name: string) => boolean): number[] {
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => ticked(`day${day}`));
}

/** Hours as a refused form brings them back; null where another form of the page was refused. */
export function hoursTyped(values: Record<string, string>): TypedHours | null {
  if (values.opensAt === undefined) return null;
  return {
    days: tickedDays((name) => name in values),
    opensAt: values.opensAt,
    closesAt: values.closesAt ?? '',
  };
}
