import { firstSince } from '#server/conversation/place.ts';
import { threadsOf } from '#server/conversation/thread.ts';
import { followsThread, followThread } from '#server/notifications/less.ts';
import { linksTo } from '#server/pages/links.ts';
import { commentPassage, passagesOf } from '#server/pages/passages.ts';
import { readPage } from '#server/pages/read.ts';
import { deletePage } from '#server/pages/remove.ts';
import { entryChain } from '#server/provenance/entry.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, onceAction } from '#server/web/form.ts';
import { askedOf } from '../../posts/asked.ts';
import { conversationActions } from '../../posts/conversation-actions.ts';
import { notice } from '../../posts/notice.ts';
import type { Actions, PageServerLoad } from './$types';

const THREADS = 50;
const PASSAGES = 100;

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const { id } = event.params;
  const page = await readPage(db, actor, id);
  const query = event.url.searchParams;
  const asked = askedOf(event.url);
  const [threads, links, passages, following, resumeAt, chain] = await Promise.all([
    threadsOf(db, actor, id, { ...asked, limit: THREADS }),
    linksTo(db, actor, id),
    passagesOf(db, actor, id, { cursor: query.get('passages'), limit: PASSAGES }),
    followsThread(db, actor, id),
    page.unread ? firstSince(db, actor, id) : null,
    entryChain(db, actor, id),
  ]);
  await notice(db, actor, { ...page, status: 'published' });
  return { page, threads, links, passages, following, resumeAt, chain, asked, merged: query.has('merged') };
};

export const actions = {
  ...conversationActions,
  beside: onceAction(
    (tx, actor, form, { params }) =>
      commentPassage(tx, actor, params.id ?? '', {
        quote: form.text('quote'),
        before: form.text('before'),
        after: form.text('after'),
        version: form.text('version'),
        body: form.text('body'),
      }),
    ({ id }, { url }) => `${url.pathname}?comment=${id}#comment-${id}`,
  ),
  thread: formAction(
    (tx, actor, form, { params }) =>
      followThread(tx, actor, params.id ?? '', form.text('following') === 'yes'),
    (_, { url }) => `${url.pathname}#reactions`,
  ),
  delete: formAction(
    (tx, actor, _, { params }) => deletePage(tx, actor, params.id ?? ''),
    ({ community }, { params }) => `/communities/${community}/pages?removed=${params.id}`,
  ),
} satisfies Actions;
