import { randomUUID } from 'node:crypto';
import type { DemoCommunity } from '#demo/types.ts';
import type { Tx } from '../platform/db.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import { momentBefore } from './moment.ts';
import { idOf } from './people.ts';

export interface Founded {
  id: string;
  open: boolean;
}

/** Adds the communities with their members, and returns them by slug. */
export async function addCommunities(
  tx: Tx,
  communities: DemoCommunity[],
  { now, people }: { now: Date; people: Map<string, string> },
): Promise<Map<string, Founded>> {
  const rows = communities.map((community) => ({
    ...community,
    ...renderMarkdown(community.description),
    id: randomUUID(),
    founded: momentBefore(now, { daysAgo: community.daysAgo }),
  }));
  await tx
    .insertInto('communities')
    .values(
      rows.map((row) => ({
        id: row.id,
        slug: row.slug,
        name: row.name,
        access: row.access,
        emoji: row.emoji,
        description: row.description,
        description_html: row.html,
        excerpt: row.excerpt,
        themes: row.themes,
        founder_id: idOf(people, row.founder),
        created_at: row.founded,
      })),
    )
    .execute();
  await tx
    .insertInto('memberships')
    .values(
      rows.flatMap((row) =>
        row.members.map((member) => ({
          community_id: row.id,
          person_id: idOf(people, member),
          role: row.animators.includes(member) ? ('animator' as const) : ('member' as const),
          joined_at: row.founded,
          seen_at: momentBefore(now, { daysAgo: 10 }),
        })),
      ),
    )
    .execute();
  return new Map(rows.map(({ slug, id, access }) => [slug, { id, open: access === 'open' }]));
}
