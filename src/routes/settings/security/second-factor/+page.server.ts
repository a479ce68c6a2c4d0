import { renderSVG } from 'uqr';
import {
  backupCodesLeft,
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  hasSecondFactor,
  renewBackupCodes,
} from '#server/people/second-factor.ts';
import { readNetwork } from '#server/people/setup.ts';
import { requireActor } from '#server/web/actor.ts';
import { openFormAction } from '#server/web/form.ts';
import { carry, visitorOf } from '#server/web/visitor.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const on = await hasSecondFactor(event.locals.db, actor);
  return { on, left: on ? await backupCodesLeft(event.locals.db, actor, visitorOf(event)) : 0 };
};

export const actions = {
  begin: openFormAction(async (form, event) => {
    const { db } = event.locals;
    const network = (await readNetwork(db))?.name ?? 'Essaim';
    const input = { password: form.text('currentPassword'), network };
    const enrolment = await beginSecondFactor(db, requireActor(event), visitorOf(event), input);
    return { enrolment: { ...enrolment, picture: renderSVG(enrolment.uri, { border: 2 }) } };
  }),

  confirm: openFormAction(async (form, event) => {
    const { db } = event.locals;
    const code = form.text('code');
    const { cookies, backupCodes } = await confirmSecondFactor(
      db,
      requireActor(event),
      visitorOf(event),
      code,
    );
    carry(event, cookies);
    return { backupCodes, begun: true };
  }),

  end: openFormAction(async (form, event) => {
    const { db } = event.locals;
    const password = form.text('currentPassword');
    const { cookies } = await endSecondFactor(db, requireActor(event), visitorOf(event), password);
    carry(event, cookies);
    return '/settings/security?done=secondOff';
  }),

  renew: openFormAction(async (form, event) => {
    const password = form.text('currentPassword');
    return {
      backupCodes: await renewBackupCodes(event.locals.db, requireActor(event), visitorOf(event), password),
    };
  }),
} satisfies Actions;
