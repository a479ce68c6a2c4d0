import { comparedBy } from '#server/platform/likeness/plugged.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ comparedBy: locals.actor && comparedBy() });
