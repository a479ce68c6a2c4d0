import { readSession } from '#server/people/session.ts';
import { addDevice, isTold, removeDevice, renewDevice, type Device } from '#server/push/devices.ts';
import { pushKeys } from '#server/push/keys.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, openFormAction, type Form } from '#server/web/form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const YEAR = 365 * 86_400;
const here = () => '/settings/device';

/** A device is told as long as its session lives: so it is the session's. */
async function sessionOf({ locals, request }: Pick<RequestEvent, 'locals' | 'request'>): Promise<string> {
  return (await readSession(locals.db, request.headers.get('cookie')))?.id ?? '';
}

const deviceIn = (form: Form): Device => ({
  endpoint: form.text('endpoint'),
  p256dh: form.text('p256dh'),
  auth: form.text('auth'),
});

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const [told, { publicKey }] = await Promise.all([
    sessionOf(event).then((session) => isTold(db, actor, session)),
    pushKeys(db),
  ]);
  return { keys: event.cookies.get('keys') !== 'off', told, publicKey };
};

export const actions: Actions = {
  /** The letters that act, or not; the choice stays with this browser. */
  keys: openFormAction(async (form, { cookies }) => {
    if (form.text('keys') === 'off')
      cookies.set('keys', 'off', { path: '/', maxAge: YEAR, sameSite: 'lax', secure: false });
    else cookies.delete('keys', { path: '/', secure: false });
    return here();
  }),
  tell: formAction(async (tx, actor, form, event) => {
    await addDevice(tx, actor, await sessionOf(event), deviceIn(form));
  }, here),
  /** The browser's push service gave it another address: the worker says so by itself. */
  renew: formAction(async (tx, actor, form, event) => {
    await renewDevice(tx, actor, await sessionOf(event), deviceIn(form));
  }, here),
  hush: formAction(async (tx, actor, _, event) => removeDevice(tx, actor, await sessionOf(event)), here),
};
