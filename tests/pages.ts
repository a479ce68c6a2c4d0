/** What tests of pages are made of: a community of three people, and short ways to write in it. */
import type { Actor } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { inviteToCommunity } from '#server/communities/invite.ts';
import { joinCommunity } from '#server/communities/join.ts';
import { createPage, type NewPage } from '#server/pages/create.ts';
import { readPage } from '#server/pages/read.ts';
import { savePage } from '#server/pages/save.ts';
import { inTransaction, type Db, type Tx } from '#server/platform/db.ts';
import { actorOf } from './world.ts';

export async function pageStage(db: Db) {
  const elise = await actorOf(db, 'elise.perrin');
  const lucie = await actorOf(db, 'lucie.ferrand');
  const amadou = await actorOf(db, 'amadou.diallo');
  const write = <Result>(work: (tx: Tx) => Promise<Result>) => inTransaction(db, work);
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { reason?: string }) => error.reason ?? String(error),
    );

  let founded = 0;
  /** A closed community: Élise animates it, Lucie and Amadou are in it, Mathieu and the owner are not. */
  async function home(access: 'closed' | 'open' = 'closed'): Promise<string> {
    founded += 1;
    const { slug } = await write((tx) => foundCommunity(tx, elise, { name: `Cuisine ${founded}`, access }));
    for (const each of [lucie, amadou]) {
      await write((tx) => inviteToCommunity(tx, elise, slug, each.handle));
      await write((tx) => joinCommunity(tx, each, slug));
    }
    return slug;
  }
  const page = (actor: Actor, input: Partial<NewPage> & { community: string }) =>
    write((tx) => createPage(tx, actor, { title: 'Acme', ...input }));
  const save = (actor: Actor, id: string, body: string, version: number) =>
    write((tx) => savePage(tx, actor, id, { body, version }));
  const read = (actor: Actor, id: string) => readPage(db, actor, id);

  async function stateOf(id: string) {
    return db.selectFrom('pages').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  }

  return { write, refusal, home, page, save, read, stateOf };
}
