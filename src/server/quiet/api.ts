/** /api/v1: the organisation's calendar, and one's own hours and leave. */
import { newApi, z } from '../platform/api/frame.ts';
import { comingHolidays, editCalendar, readOrganisation } from './calendar.ts';
import { dropOwnHours, giveUpLeave, keepOwnHours, ownHours, takeLeave } from './own.ts';

export const quietApi = newApi('Quiet hours');

const hours = {
  days: z.array(z.number().int()).describe('Days of the week: 1 is Monday'),
  opensAt: z.string().describe('`08:30`'),
  closesAt: z.string().describe('`18:30`; `00:00` is the midnight that ends the day'),
};
const ownHoursShape = {
  ...hours,
  closesAt: hours.closesAt.describe('`18:30`; before `opensAt`, it is on the morning after'),
};
const organisation = z
  .object({
    ...hours,
    active: z.boolean().describe('False: only what people set for themselves is kept'),
    timeZone: z.string(),
    ownClock: z.boolean().describe('True: everybody reads the hours on the clock where he lives'),
    holidays: z
      .object({ country: z.string().describe('ISO 3166'), region: z.string().nullable() })
      .nullable()
      .describe('Whose public holidays are kept'),
  })
  .meta({ id: 'OrganisationHours' });
const calendar = organisation
  .extend({
    coming: z
      .array(
        z.object({
          day: z.iso.date(),
          rule: z.string().describe('The same every year'),
          name: z.string(),
          worked: z.boolean(),
        }),
      )
      .describe('Public holidays of the next twelve months'),
  })
  .meta({ id: 'Calendar' });

quietApi.get(
  '/calendar',
  { summary: 'When the organisation works, and when it is closed', answers: calendar },
  async ({ db, actor }) => ({ ...(await readOrganisation(db)), coming: await comingHolidays(db, actor) }),
);

quietApi.patch(
  '/calendar',
  {
    summary: 'Change the organisation’s calendar; what is not given stays. For those who run the network',
    body: organisation
      .extend({
        worked: z.array(z.string()).describe('Rules of the holidays that are worked: exactly these'),
      })
      .partial()
      .meta({ id: 'CalendarChange' }),
    answers: calendar,
  },
  async ({ tx, actor, body }) => {
    await editCalendar(tx, actor, body);
    return { ...(await readOrganisation(tx)), coming: await comingHolidays(tx, actor) };
  },
);

const days = { from: z.string().describe('First day, `2026-08-03`'), to: z.string().describe('Last day') };

quietApi.get(
  '/people/me/hours',
  {
    summary: 'When you may be rung',
    answers: z
      .object({
        hours: z
          .object(ownHoursShape)
          .nullable()
          .describe('Your own; null while you keep the organisation’s'),
        timeZone: z.string(),
        organisation,
        leave: z.array(z.object({ id: z.uuid(), ...days })),
        open: z.boolean().describe('Whether you may be rung now'),
        opensAt: z.iso.datetime().describe('From when on you may'),
      })
      .meta({ id: 'OwnHours' }),
  },
  ({ db, actor }) => ownHours(db, actor),
);

quietApi.put(
  '/people/me/hours',
  {
    summary: 'Keep hours of your own: as long as the organisation’s at most',
    body: z.object(ownHoursShape).meta({ id: 'Hours' }),
  },
  ({ tx, actor, body }) => keepOwnHours(tx, actor, body),
);

quietApi.delete(
  '/people/me/hours',
  { summary: 'Keep the hours of the organisation again' },
  ({ tx, actor }) => dropOwnHours(tx, actor),
);

quietApi.post(
  '/people/me/leave',
  {
    summary: 'Be away for some days, both included',
    body: z.object(days).meta({ id: 'NewLeave' }),
    answers: z.object({ id: z.uuid() }),
    status: 201,
  },
  ({ tx, actor, body }) => takeLeave(tx, actor, body),
);

quietApi.delete('/people/me/leave/{id}', { summary: 'Not be away after all' }, ({ tx, actor, params }) =>
  giveUpLeave(tx, actor, params.id),
);
