/** /api/v1: everything that is one's own. */
import { newApi, z } from '../platform/api/frame.ts';
import { download } from './stream.ts';
import { exportAsJson } from './json.ts';

export const exportApi = newApi('People');

const rows = z.array(z.record(z.string(), z.unknown()));

exportApi.get(
  '/me/export',
  {
    summary: 'All that is yours, in one file',
    description:
      'Of what others wrote, only the title and address of what you answered, where you may still read it.',
    answers: z
      .object({
        profile: z.record(z.string(), z.unknown()),
        sessions: rows,
        passkeys: rows,
        tokens: rows,
        memberships: rows,
        joinRequests: rows,
        follows: rows,
        hours: rows,
        leave: rows,
        notices: rows,
        noticeLevels: rows,
        threads: rows,
        writeAddresses: rows,
        unpublishedChanges: rows,
        companionship: rows,
        insistences: rows,
        outsideBlogs: rows,
        imports: rows,
        reports: rows,
        claims: rows,
        invitations: rows,
        posts: rows,
        comments: rows,
        reactions: rows,
        watches: rows,
        savedSearches: rows,
        desk: rows,
        sources: rows,
        readingRules: rows,
        recommendedSources: rows,
        readings: rows,
        deskEvents: rows,
        dossiers: rows,
        dossierWatches: rows,
        followedDossiers: rows,
        pageEditing: rows,
        pageVersions: rows,
        credits: rows,
        reads: rows,
        files: rows,
        notifications: rows,
      })
      .meta({ id: 'Export' }),
  },
  ({ db, actor }) =>
    Promise.resolve(
      download(exportAsJson(db, actor), { type: 'application/json', name: `essaim-${actor.handle}.json` }),
    ),
);
