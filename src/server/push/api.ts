/** /api/v1/push: what a device that was rung shows. */
import { newApi, z } from '../platform/api/frame.ts';
import { rungNotice, type RungNotice } from './notice.ts';

export const pushApi = newApi('Notifications');

pushApi.get(
  '/push/notices/{id}',
  {
    summary: 'The words of a notice that rang on a device',
    description: 'A push carries its id only; who may no longer read it is told nothing.',
    answers: z
      .object({ title: z.string(), body: z.string(), url: z.string() })
      .meta({ id: 'RungNotice' }) satisfies z.ZodType<RungNotice>,
  },
  ({ db, actor, params }) => rungNotice(db, actor, params.id),
);
