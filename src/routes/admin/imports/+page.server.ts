import { communityChoices } from '#server/communities/choices.ts';
import { askForImport, importsOf } from '#server/import/asked.ts';
import { followedBlogs, unfollowBlog } from '#server/import/blogs.ts';
import { blogInWords } from '#server/import/in-words.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db, language } = event.locals;
  const actor = requireActor(event);
  const [imports, blogs, communities] = await Promise.all([
    importsOf(db, actor),
    followedBlogs(db, actor),
    communityChoices(db, actor),
  ]);
  return {
    imports,
    blogs: blogs.map((blog) => blogInWords(language, blog)),
    communities,
    saved: event.url.searchParams.has('saved'),
  };
};

export const actions = {
  bring: formAction(
    async (tx, actor, form) => {
      const file = form.file('file');
      const content = file && { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
      const [dry, follow] = [form.flag('dry'), form.flag('follow')];
      return askForImport(tx, actor, {
        content,
        url: form.text('url'),
        community: form.text('community'),
        dry,
        follow,
      });
    },
    ({ id }) => `/admin/imports/${id}`,
  ),
  unfollow: formAction(
    (tx, actor, form) => unfollowBlog(tx, actor, form.text('id')),
    () => '/admin/imports?saved',
  ),
} satisfies Actions;
