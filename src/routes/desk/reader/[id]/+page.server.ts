import { watchChoices } from '#server/desk/choices.ts';
import { inTransaction } from '#server/platform/db.ts';
import { forwardReading } from '#server/sources/forward.ts';
import { markReading } from '#server/sources/mark.ts';
import { neighbours, readReading } from '#server/sources/readings.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';
import { listOf, whichOf } from '../which.ts';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const { id } = event.params;
  const query = event.url.searchParams;
  const [reading, around, watches] = await Promise.all([
    readReading(db, actor, id),
    neighbours(db, actor, id, whichOf(query)),
    watchChoices(db, actor),
  ]);
  // What is opened is read.
  if (!reading.read) {
    await inTransaction(db, (tx) => markReading(tx, actor, id, { read: true }));
  }
  return { reading, around, watches, list: listOf(query) };
};

export const actions: Actions = {
  keep: formAction(
    (tx, actor, form, event) =>
      markReading(tx, actor, event.params.id ?? '', { kept: form.text('kept') === 'yes' }),
    (_, event) => `${event.url.pathname}${listOf(event.url.searchParams)}`,
  ),
  unread: formAction(
    (tx, actor, _, event) => markReading(tx, actor, event.params.id ?? '', { read: false }),
    (_, event) => `/desk/reader${listOf(event.url.searchParams)}#reading-${event.params.id}`,
  ),
  forward: formAction(
    (tx, actor, form, event) =>
      forwardReading(tx, actor, event.params.id ?? '', {
        watch: form.text('watch') || null,
        note: form.text('note'),
        forMe: form.flag('forMe'),
      }),
    (_, event) => `${event.url.pathname}${listOf(event.url.searchParams)}`,
  ),
};
