/** /api/v1: erasing a person. */
import { newApi, z } from '../platform/api/frame.ts';
import { erasePerson } from './erase.ts';

export const erasureApi = newApi('People');

erasureApi.post(
  '/people/{id}/erasure',
  {
    summary: 'Erase a person for good: yourself, or anybody (admins)',
    description:
      'Name, address, account, memberships and drafts go; what was published stays under a pseudonym. Nothing undoes it.',
    scope: 'admin',
    body: z
      .object({ confirm: z.string().describe('The handle of the person, as a second thought') })
      .meta({ id: 'Erasure' }),
  },
  ({ tx, actor, params, body }) => erasePerson(tx, actor, { personId: params.id, confirm: body.confirm }),
);
