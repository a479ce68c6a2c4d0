import { hasWaitingClaims } from '#server/claims/claim.ts';
import { hasWaitingReports } from '#server/moderation/list.ts';
import { requireAdmin } from '#server/people/rank.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  requireAdmin(actor);
  const { db } = event.locals;
  const [reports, claims] = await Promise.all([hasWaitingReports(db, actor), hasWaitingClaims(db, actor)]);
  return { reports, claims };
};
