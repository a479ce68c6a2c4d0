import { keepsOrderSomewhere, listReports } from '#server/moderation/list.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const where = { box: 'mine', cursor: event.url.searchParams.get('cursor') } as const;
  const [reports, keeper] = await Promise.all([
    listReports(db, actor, where),
    keepsOrderSomewhere(db, actor),
  ]);
  return { reports, keeper, sent: event.url.searchParams.has('sent') };
};
