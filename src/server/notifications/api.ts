/** /api/v1/notifications: what concerns the one who asks. */
import { communityRef, personRef } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { listNotifications, markNotified } from './list.ts';

export const notificationsApi = newApi('Notifications');

const notification = z
  .object({
    id: z.uuid(),
    kind: z.enum([
      'mention',
      'reply',
      'comment',
      'community_invited',
      'community_asked',
      'community_joined',
      'report',
    ]),
    at: z.iso.datetime(),
    read: z.boolean(),
    actor: personRef.nullable(),
    url: z.string().describe('Path on this network'),
    title: z.string().nullable(),
    community: communityRef.nullable(),
  })
  .meta({ id: 'Notification' });

notificationsApi.get(
  '/notifications',
  { summary: 'What concerns you, newest first', query: z.object(pageQuery), answers: pageOf(notification) },
  ({ db, actor, query }) => listNotifications(db, actor, query),
);

notificationsApi.put('/notifications/read', { summary: 'Mark all of them read' }, ({ tx, actor }) =>
  markNotified(tx, actor),
);

notificationsApi.put('/notifications/{id}/read', { summary: 'Mark one read' }, ({ tx, actor, params }) =>
  markNotified(tx, actor, params.id),
);
