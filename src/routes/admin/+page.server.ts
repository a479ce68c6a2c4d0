import { hasWaitingClaims } from '#server/claims/claim.ts';
import { hasWaitingReports } from '#server/moderation/list.ts';
import { requireAdmin } from '#server/people/rank.ts';
import { requireActor } from '#server/web/actor.ts';
import { editNetwork } from '#server/people/network.ts';
import { readNetwork } from '#server/people/setup.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  requireAdmin(actor);
  const { db } = event.locals;
  const [reports, claims, network] = await Promise.all([
    hasWaitingReports(db, actor),
    hasWaitingClaims(db, actor),
    readNetwork(db),
  ]);
  return { reports, claims, network, saved: event.url.searchParams.has('saved') };
};

export const actions = {
  network: formAction(
    (tx, actor, form) => editNetwork(tx, actor, { name: form.text('name'), language: form.text('language') }),
    () => '/admin?saved#network',
  ),
} satisfies Actions;
