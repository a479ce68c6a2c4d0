import { passkeysOf, removePasskey, renamePasskey } from '#server/people/passkeys.ts';
import { hasSecondFactor } from '#server/people/second-factor.ts';
import { readSession } from '#server/people/session.ts';
import { endOtherSessions, endSession, sessionsOf } from '#server/people/sessions.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import { unlessGone } from '#server/web/gone.ts';
import type { Actions, PageServerLoad } from './$types';

/** What may have been done here, and is told. */
const DONE = ['ended', 'othersEnded', 'secondOff', 'keyAdded', 'keyNamed', 'keyRemoved'] as const;

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  const actor = requireActor(event);
  const [sessions, current, secondFactor, passkeys] = await Promise.all([
    sessionsOf(db, actor),
    readSession(db, event.request.headers.get('cookie')),
    hasSecondFactor(db, actor),
    passkeysOf(db, actor),
  ]);
  const done = DONE.find((one) => one === event.url.searchParams.get('done'));
  const here = sessions.filter(({ id }) => id === current?.id);
  const elsewhere = sessions.filter(({ id }) => id !== current?.id);
  return { here, elsewhere, secondFactor, passkeys, done };
};

const told = (done: (typeof DONE)[number]) => () => `/settings/security?done=${done}`;

export const actions = {
  end: formAction((tx, actor, form) => unlessGone(endSession(tx, actor, form.text('id'))), told('ended')),
  endOthers: formAction(async (tx, actor, _, { request }) => {
    const current = await readSession(tx, request.headers.get('cookie'));
    await endOtherSessions(tx, actor, current?.id ?? null);
  }, told('othersEnded')),
  renamePasskey: formAction(
    (tx, actor, form) => renamePasskey(tx, actor, form.text('id'), form.text('name')),
    told('keyNamed'),
  ),
  removePasskey: formAction(
    (tx, actor, form) => unlessGone(removePasskey(tx, actor, form.text('id'))),
    told('keyRemoved'),
  ),
} satisfies Actions;
