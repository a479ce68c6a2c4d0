import { markAllRead, markReading } from '#server/sources/mark.ts';
import { readerPlaces } from '#server/sources/places.ts';
import { listReadings } from '#server/sources/readings.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';
import { listOf, whichOf } from './which.ts';

const PLACE = ['state', 'source', 'watch', 'cursor'];

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const which = whichOf(query);
  const [list, places] = await Promise.all([
    listReadings(db, actor, { ...which, cursor: query.get('cursor') }),
    readerPlaces(db, actor),
  ]);
  return { list, places, which, here: listOf(query), place: listOf(query, PLACE) };
};

export const actions: Actions = {
  mark: formAction(
    (tx, actor, form) => {
      const [read, kept] = [form.optional('read'), form.optional('kept')];
      return markReading(tx, actor, form.text('id'), {
        ...(read !== undefined && { read: read === 'yes' }),
        ...(kept !== undefined && { kept: kept === 'yes' }),
      });
    },
    (_, event, form) => `/desk/reader${listOf(event.url.searchParams, PLACE)}#reading-${form.text('id')}`,
  ),
  allRead: formAction(
    (tx, actor, form, event) =>
      markAllRead(tx, actor, { ...whichOf(event.url.searchParams), upto: form.text('upto') }),
    (_, event) => `/desk/reader${listOf(event.url.searchParams)}`,
  ),
};
