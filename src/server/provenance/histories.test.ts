/** Whatever happens: the chain that is shown is the one that the event log tells. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { keepPost } from '../desk/bookmark.ts';
import { keepClip } from '../desk/keep.ts';
import { addWatches, foundDossier, removeWatch } from '../dossiers/found.ts';
import { Refusal } from '../errors.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { editPost } from '../posts/edit.ts';
import { deletePost } from '../posts/remove.ts';
import { turnItem } from '../sharing/turn.ts';
import { shareWatch, stopSharing } from '../sharing/watch.ts';
import { testDatabase } from '../../../tests/database.ts';
import { pageStage } from '../../../tests/pages.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { entryChain } from './entry.ts';
import { dossierChain } from './merged.ts';

const { db } = await testDatabase('world');
const handles = ['elise.perrin', 'lucie.ferrand', 'amadou.diallo'];
const people = await Promise.all(handles.map((handle) => actorOf(db, handle)));
const outsider = await actorOf(db, 'mathieu.kessler');
const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const { home } = await pageStage(db);
const closed = await home('closed');
const open = await home('open');

interface Made {
  id: string;
  author: Actor;
  within: boolean;
  /** The clip, or the post, that it was made of; who kept that post before he passed it on. */
  clip?: string;
  origin?: Made;
  keeper?: Actor;
  gone?: boolean;
}

test('of posts that are found, passed on, edited and deleted', async () => {
  const ops = fc.record({
    who: fc.nat({ max: 2 }),
    what: fc.constantFrom('find', 'pass', 'pass', 'keep and pass', 'edit', 'delete'),
    which: fc.nat({ max: 20 }),
    within: fc.boolean(),
  });
  let pages = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(ops, { minLength: 1, maxLength: 10 }), async (history) => {
      const made: Made[] = [];
      for (const { who, what, which, within } of history) {
        const actor = people[who]!;
        const place = { community: within ? closed : open, title: 'Titre', body: 'Un mot.' };
        const standing = made.filter(({ gone }) => !gone);
        const origin = standing[which % Math.max(1, standing.length)];
        if (what === 'find') {
          const url = `https://norvalt.example/${(pages += 1)}`;
          const clip = await act((tx) => keepClip(tx, actor, { url }));
          const { id } = await act((tx) => turnItem(tx, actor, clip.id, { ...place, into: 'post' }));
          made.push({ id, author: actor, within, clip: clip.id });
        } else if (!origin) continue;
        else if (what === 'pass') {
          const { id } = await act((tx) =>
            createPost(tx, actor, { ...place, status: 'published', curatedId: origin.id }),
          );
          made.push({ id, author: actor, within, origin });
        } else if (what === 'keep and pass') {
          const kept = await act((tx) => keepPost(tx, actor, origin.id));
          const { id } = await act((tx) => turnItem(tx, actor, kept.id, { ...place, into: 'post' }));
          made.push({ id, author: actor, within, origin, keeper: actor });
        } else if (what === 'edit')
          await act((tx) => editPost(tx, origin.author, origin.id, { body: `Un mot. ${Math.random()}` }));
        else {
          await act((tx) => deletePost(tx, origin.author, origin.id));
          origin.gone = true;
        }
      }
      for (const post of made.filter(({ gone }) => !gone)) {
        for (const viewer of [...people, outsider]) {
          if (post.within && viewer === outsider) continue;
          const shown = (await entryChain(db, viewer, post.id))
            .filter(({ did }) => did !== 'signed')
            .map(({ did, person }) => `${did} ${person?.handle}`);
          const expected = [...(await before(post, viewer)), ...(await doneTo(post))];
          expect(shown.toSorted()).toEqual(expected.toSorted());
        }
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

/** What the logs say of what it was made of, for those who could read that. */
async function before(post: Made, viewer: Actor): Promise<string[]> {
  if (post.clip) {
    const { rows } = await sql<{
      handle: string;
    }>`select handle from desk_events join people on people.id = owner_id
      where subject_id = ${post.clip} and desk_events.name = 'item.kept'`.execute(db);
    return rows.map(({ handle }) => `found ${handle}`);
  }
  const { origin, keeper } = post;
  if (!origin) return [];
  const kept = keeper ? [`found ${keeper.handle}`] : [];
  if (origin.within && viewer === outsider) return kept;
  const [wrote = ''] = await doneTo(origin);
  return [...kept, wrote, ...(await before(origin, viewer))];
}

async function doneTo({ id }: Made): Promise<string[]> {
  const { rows } = await sql<{
    did: string;
  }>`select distinct case events.name when 'post.published' then 'wrote '
      else 'edited ' end || handle as did from events join people on people.id = actor_id
    where subject_id = ${id} and events.name in ('post.published', 'post.edited')`.execute(db);
  return rows.map(({ did }) => did).toSorted((a, b) => b.localeCompare(a));
}

test('of dossiers into which watches come, go and come back', async () => {
  const op = fc.record({
    who: fc.nat({ max: 2 }),
    what: fc.constantFrom('add', 'add', 'remove', 'take back', 'share again'),
    which: fc.nat({ max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(op, { maxLength: 10 }), async (history) => {
      const watches = await Promise.all(
        [0, 1, 2, 0].map((who) =>
          sampleWatch(db, { owner: handles[who]!, name: `Veille ${Math.random()}`, community: open }),
        ),
      );
      const owners = [0, 1, 2, 0].map((who) => people[who]!);
      const { id } = await act((tx) =>
        foundDossier(tx, people[0]!, { name: 'Acme', community: open, watches: watches.slice(0, 2) }),
      );
      for (const { who, what, which } of history) {
        const [actor, owner, watch] = [people[who]!, owners[which]!, watches[which]!];
        await act(async (tx) => {
          if (what === 'add') await addWatches(tx, actor, id, [watch]);
          else if (what === 'remove') await removeWatch(tx, actor, id, watch);
          else if (what === 'take back') await stopSharing(tx, owner, watch);
          else await shareWatch(tx, owner, watch, { community: open, items: [] });
        }).catch(allowRefusal);
      }
      const shown = (await dossierChain(db, outsider, id))
        .filter(({ did }) => did === 'merged')
        .map(({ person, thing }) => `${person?.handle} ${thing?.url}`);
      expect(shown.toSorted()).toEqual((await mergedByTheLog(id, watches)).toSorted());
    }),
    { numRuns: 25 },
  );
}, 120_000);

function allowRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}

async function mergedByTheLog(id: string, watches: string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string; handle: string; subject: string; watchIds: string[] | null }>`
    select events.name, handle, subject_id as subject, data -> 'watchIds' as "watchIds" from events
      join people on people.id = actor_id where subject_id = any(${[id, ...watches]}::uuid[]) order by events.id`.execute(
    db,
  );
  const inside = new Map<string, string>();
  const away = new Set<string>();
  for (const { name, handle, subject, watchIds } of rows) {
    if (name === 'dossier.made' || name === 'dossier.watch_added')
      for (const watch of watchIds ?? []) inside.set(watch, handle);
    if (name === 'dossier.watch_removed') for (const watch of watchIds ?? []) inside.delete(watch);
    if (name === 'watch.unshared') away.add(subject);
    if (name === 'watch.shared') away.delete(subject);
  }
  return [...inside]
    .filter(([watch]) => !away.has(watch))
    .map(([watch, handle]) => `${handle} /desk/watches/${watch}`);
}
