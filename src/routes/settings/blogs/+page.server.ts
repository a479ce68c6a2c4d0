import { isGuest } from '#server/actor.ts';
import { attachBlog, countAddress, detachBlog, ownBlogs } from '#server/import/blogs.ts';
import { discoverFeed } from '#server/syndication/discover.ts';
import { blogInWords } from '#server/import/in-words.ts';
import { inTransaction } from '#server/platform/db.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const blogs = await ownBlogs(event.locals.db, actor);
  return {
    blogs: blogs.map((blog) => blogInWords(event.locals.language, blog)),
    guest: isGuest(actor),
    saved: event.url.searchParams.has('saved'),
  };
};

export const actions = {
  attach: openFormAction(async (form, event) => {
    const actor = requireActor(event);
    await countAddress(event.locals.db, actor);
    // Before the transaction: other people's servers take their time.
    const found = await discoverFeed(form.text('url'));
    const { report } = await inTransaction(event.locals.db, (tx) => attachBlog(tx, actor, found));
    return { arrived: report.posts.new };
  }),
  detach: formAction(
    (tx, actor, form) => detachBlog(tx, actor, form.text('id')),
    () => '/settings/blogs?saved',
  ),
} satisfies Actions;
