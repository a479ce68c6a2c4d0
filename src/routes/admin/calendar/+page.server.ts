import { weeksOutside } from '#server/insistence/weeks.ts';
import { comingHolidays, editCalendar, readOrganisation } from '#server/quiet/calendar.ts';
import { countries, regionsOf } from '#server/quiet/holidays.ts';
import { requireAdmin } from '#server/people/rank.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import { tickedDays } from '#ui/quiet/hours-words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  requireAdmin(actor);
  const { db, language } = event.locals;
  const [organisation, holidays, weeks] = await Promise.all([
    readOrganisation(db),
    comingHolidays(db, actor),
    weeksOutside(db, actor),
  ]);
  const place = organisation.holidays;
  return {
    organisation,
    holidays,
    weeks: weeks.items,
    countries: await countries(language),
    regions: place ? await regionsOf(place.country, language) : [],
    timeZones: Intl.supportedValuesOf('timeZone'),
    saved: event.url.searchParams.has('saved'),
  };
};

const saved = () => '/admin/calendar?saved';

export const actions = {
  hours: formAction(
    (tx, actor, form) =>
      editCalendar(tx, actor, {
        active: form.flag('active'),
        ownClock: form.flag('ownClock'),
        timeZone: form.text('timeZone'),
        days: tickedDays((name) => form.flag(name)),
        opensAt: form.text('opensAt'),
        closesAt: form.text('closesAt'),
      }),
    saved,
  ),
  place: formAction(
    (tx, actor, form) =>
      editCalendar(tx, actor, { holidays: { country: form.text('country'), region: form.text('region') } }),
    saved,
  ),
  // Only what was shown can be unticked.
  closed: formAction((tx, actor, form) => {
    const closed = form.list('closed');
    return editCalendar(tx, actor, { worked: form.list('shown').filter((rule) => !closed.includes(rule)) });
  }, saved),
} satisfies Actions;
