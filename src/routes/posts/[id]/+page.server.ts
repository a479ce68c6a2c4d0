import { bookmarkOf } from '#server/desk/bookmark.ts';
import { headlineOf } from '#server/communities/profile.ts';
import { firstSince } from '#server/conversation/place.ts';
import { threadsOf } from '#server/conversation/thread.ts';
import { followsThread } from '#server/notifications/less.ts';
import { withCards } from '#server/links/read.ts';
import { editPost } from '#server/posts/edit.ts';
import { entryChain } from '#server/provenance/entry.ts';
import { readPost } from '#server/posts/read.ts';
import { deletePost } from '#server/posts/remove.ts';
import { reworksOf } from '#server/posts/rework.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import { askedOf } from '../asked.ts';
import { conversationActions } from '../conversation-actions.ts';
import { notice } from '../notice.ts';
import { pageInstead } from '../page-instead.ts';
import { insistAction, quietUnder } from '../quiet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const [{ db }, { id }] = [event.locals, event.params];
  const post = await readPost(db, actor, id).catch(pageInstead(event, actor));
  const asked = askedOf(event.url);
  const [threads, headline, resumeAt, following, quiet, kept, reworks, chain] = await Promise.all([
    threadsOf(db, actor, id, { ...asked, limit: 50 }),
    headlineOf(db, actor, post.author.id),
    post.unread ? firstSince(db, actor, id) : null,
    followsThread(db, actor, id),
    quietUnder(event, actor, id),
    bookmarkOf(db, actor, id),
    post.may.edit && post.status === 'published' ? reworksOf(db, actor, id) : [],
    entryChain(db, actor, id),
  ]);
  await notice(db, actor, post);
  return {
    ...(await withCards(db, post, threads)),
    ...{ resumeAt, asked, following, quiet },
    kept: kept !== null,
    rework: reworks[0],
    chain,
    headline,
  };
};

export const actions: Actions = {
  ...conversationActions,
  insist: insistAction,
  publish: formAction(
    (tx, actor, _, { params }) => editPost(tx, actor, params.id ?? '', { status: 'published' }),
    (_, { url }) => url.pathname,
  ),
  delete: formAction(
    (tx, actor, _, { params }) => deletePost(tx, actor, params.id ?? ''),
    () => '/drafts?deleted',
  ),
};
