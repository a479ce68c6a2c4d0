import { AUDIT_KINDS, auditLog } from '#server/moderation/audit.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const kind = AUDIT_KINDS.find((one) => one === event.url.searchParams.get('kind')) ?? null;
  const person = event.url.searchParams.get('person') ?? '';
  const cursor = event.url.searchParams.get('cursor');
  const lines = await auditLog(event.locals.db, requireActor(event), { kind, person, cursor });
  return { kinds: AUDIT_KINDS, kind, person, lines };
};
