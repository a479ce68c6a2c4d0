/** /api/v1/notifications: what concerns the one who asks, and how he wants to hear of it. */
import { communityRef, personRef, reactionKind } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { NOTICE_KINDS, NOTICE_LEVELS } from './kinds.ts';
import { followThread, setLevel, wantKind } from './less.ts';
import { listNotifications, type NotificationView } from './list.ts';
import { markNotified } from './read.ts';
import { changeNoticeSettings, noticeSettings, type NoticeSettings } from './settings.ts';

export const notificationsApi = newApi('Notifications');

const kind = z.enum(NOTICE_KINDS).meta({ id: 'NoticeKind' });
const level = z
  .enum(NOTICE_LEVELS)
  .meta({ id: 'NoticeLevel', description: 'Everything that comes out, what concerns you, or nothing' });

const notification = z
  .object({
    id: z.uuid().describe('Of the latest notice of the line'),
    kind,
    at: z.iso.datetime(),
    read: z.boolean(),
    actor: personRef.nullable().describe('Who did it last'),
    people: z.array(personRef).describe('Up to three who did it, latest first'),
    voices: z.number().int().describe('How many people did it'),
    count: z.number().int().describe('How many times it was done'),
    url: z.string().describe('Path on this network'),
    title: z.string().nullable(),
    community: communityRef.nullable(),
    onComment: z.boolean().describe('About a comment, not the post'),
    reason: z.string().nullable().describe('Why your words were hidden'),
    reactions: z.array(reactionKind),
    followed: z.boolean().describe('You asked to follow this thread'),
    less: z
      .object({
        thread: z.object({ id: z.uuid(), quiet: z.boolean() }).nullable(),
        dossier: z.object({ id: z.uuid(), quiet: z.boolean() }).nullable(),
        kind: z.object({ quiet: z.boolean() }),
        community: z.object({ slug: z.string(), level }).nullable(),
      })
      .describe('What you asked to hear less of already'),
  })
  .meta({ id: 'Notification' }) satisfies z.ZodType<NotificationView>;

notificationsApi.get(
  '/notifications',
  {
    summary: 'What concerns you, newest first',
    description: 'Notices of one kind about one thing are one line.',
    query: z.object(pageQuery),
    answers: pageOf(notification),
  },
  ({ db, actor, query }) => listNotifications(db, actor, query),
);

notificationsApi.put('/notifications/read', { summary: 'Mark all of them read' }, ({ tx, actor }) =>
  markNotified(tx, actor),
);

notificationsApi.put('/notifications/{id}/read', { summary: 'Mark a line read' }, ({ tx, actor, params }) =>
  markNotified(tx, actor, params.id),
);

const settings = z
  .object({
    mail: z.boolean().describe('Notices also come by mail'),
    digest: z.enum(['none', 'day', 'week']).describe('`day`: each working day'),
    hour: z.number().int().describe('On the clock of your time zone, 0 to 23'),
    weekday: z.number().int().describe('Of a weekly digest: 1 is Monday'),
    kindsOff: z.array(kind),
    levels: z.array(z.object({ community: communityRef, level })),
  })
  .meta({ id: 'NoticeSettings' }) satisfies z.ZodType<NoticeSettings>;

notificationsApi.get(
  '/me/notice-settings',
  { summary: 'How you hear of things', answers: settings },
  ({ db, actor }) => noticeSettings(db, actor),
);

notificationsApi.patch(
  '/me/notice-settings',
  {
    summary: 'Change how you hear of things: what is not given stays',
    body: settings.omit({ kindsOff: true, levels: true }).partial().meta({ id: 'NoticeSettingsChange' }),
    answers: settings,
  },
  async ({ tx, actor, body }) => {
    await changeNoticeSettings(tx, actor, body);
    return noticeSettings(tx, actor);
  },
);

notificationsApi.put(
  '/communities/{slug}/notice-level',
  { summary: 'Choose what you hear of a community', body: z.object({ level }) },
  ({ tx, actor, params, body }) => setLevel(tx, actor, params.slug, body.level),
);

notificationsApi.put(
  '/posts/{id}/following',
  { summary: 'Hear of what is said under a post' },
  ({ tx, actor, params }) => followThread(tx, actor, params.id, true),
);

notificationsApi.delete(
  '/posts/{id}/following',
  { summary: 'Hear of it no more, unless you are named' },
  ({ tx, actor, params }) => followThread(tx, actor, params.id, false),
);

const params = { kind };

notificationsApi.put(
  '/me/notice-kinds/{kind}',
  { summary: 'Hear of this kind of thing again', params },
  ({ tx, actor, params }) => wantKind(tx, actor, params.kind, true),
);

notificationsApi.delete(
  '/me/notice-kinds/{kind}',
  { summary: 'Hear of this kind of thing no more', params },
  ({ tx, actor, params }) => wantKind(tx, actor, params.kind, false),
);
