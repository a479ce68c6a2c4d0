import type { DemoFollow } from '#demo/types.ts';
import { tagSlug } from '../conversation/tags.ts';
import type { Tx } from '../platform/db.ts';
import type { Founded } from './communities.ts';
import { idOf } from './people.ts';

/** Adds what people follow. A tag that no post bears is followed by nobody. */
export async function addFollows(
  tx: Tx,
  follows: DemoFollow[],
  named: { people: Map<string, string>; communities: Map<string, Founded>; tags: Map<string, string> },
): Promise<void> {
  const rows = follows.flatMap(({ by, people = [], communities = [], tags = [] }) => {
    const follower = { person_id: idOf(named.people, by) };
    return [
      ...people.map((handle) => ({
        ...follower,
        kind: 'person' as const,
        target_id: idOf(named.people, handle),
      })),
      ...communities.flatMap((slug) => {
        const target = named.communities.get(slug);
        return target ? [{ ...follower, kind: 'community' as const, target_id: target.id }] : [];
      }),
      ...tags.flatMap((label) => {
        const target = named.tags.get(tagSlug(label));
        return target ? [{ ...follower, kind: 'tag' as const, target_id: target }] : [];
      }),
    ];
  });
  if (rows.length > 0) await tx.insertInto('follows').values(rows).execute();
}
