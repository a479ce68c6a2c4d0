/** /api/v1: erasing a person. */
import { newApi, z } from '../platform/api/frame.ts';
import { erasePerson } from './erase.ts';
import type { Pseudonym } from './pseudonym.ts';

export const erasureApi = newApi('People');

erasureApi.post(
  '/people/{id}/erasure',
  {
    summary: 'Erase a person for good: yourself, or anybody (admins)',
    description:
      'Name, address, account, memberships and drafts go; what was published stays under a pseudonym. Nothing undoes it.',
    scope: 'admin',
    answers: z
      .object({ handle: z.string(), name: z.string() })
      .meta({ id: 'Pseudonym' }) satisfies z.ZodType<Pseudonym>,
    body: z
      .object({ confirm: z.string().describe('The handle of the person, as a second thought') })
      .meta({ id: 'Erasure' }),
  },
  ({ tx, actor, params, body }) => erasePerson(tx, actor, { personId: params.id, confirm: body.confirm }),
);
