import { listReports } from '#server/moderation/list.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const box: 'decided' | 'waiting' = event.url.searchParams.get('box') === 'decided' ? 'decided' : 'waiting';
  const where = { box, cursor: event.url.searchParams.get('cursor') } as const;
  return {
    box,
    reports: await listReports(event.locals.db, requireActor(event), where),
    done: event.url.searchParams.has('done'),
  };
};
