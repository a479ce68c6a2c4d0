import { listReports } from '#server/moderation/list.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const where = { box: 'mine', cursor: event.url.searchParams.get('cursor') } as const;
  return {
    reports: await listReports(event.locals.db, requireActor(event), where),
    sent: event.url.searchParams.has('sent'),
  };
};
