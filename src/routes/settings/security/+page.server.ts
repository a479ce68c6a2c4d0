import { passkeysOf, removePasskey, renamePasskey } from '#server/people/passkeys.ts';
import { hasSecondFactor } from '#server/people/second-factor.ts';
import { readSession } from '#server/people/session.ts';
import { endOtherSessions, endSession, sessionsOf } from '#server/people/sessions.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  const actor = requireActor(event);
  const [sessions, current, secondFactor, passkeys] = await Promise.all([
    sessionsOf(db, actor),
    readSession(db, event.request.headers.get('cookie')),
    hasSecondFactor(db, actor),
    passkeysOf(db, actor),
  ]);
  const saved = event.url.searchParams.has('saved');
  return { sessions, current: current?.id, secondFactor, passkeys, saved };
};

const saved = () => '/settings/security?saved';

export const actions = {
  end: formAction((tx, actor, form) => endSession(tx, actor, form.text('id')), saved),
  endOthers: formAction(async (tx, actor, _, { request }) => {
    const current = await readSession(tx, request.headers.get('cookie'));
    await endOtherSessions(tx, actor, current?.id ?? null);
  }, saved),
  renamePasskey: formAction(
    (tx, actor, form) => renamePasskey(tx, actor, form.text('id'), form.text('name')),
    saved,
  ),
  removePasskey: formAction((tx, actor, form) => removePasskey(tx, actor, form.text('id')), saved),
} satisfies Actions;
