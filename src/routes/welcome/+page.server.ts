import { joinCommunity } from '#server/communities/join.ts';
import { react } from '#server/conversation/react.ts';
import { markRead } from '#server/conversation/reads.ts';
import { changeCompanion } from '#server/first-day/companion.ts';
import { dismissFirstDay } from '#server/first-day/progress.ts';
import { welcome } from '#server/first-day/welcome.ts';
import { editProfile, ownProfile } from '#server/people/profile.ts';
import { createPost } from '#server/posts/create.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, onceAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const [day, profile] = await Promise.all([welcome(db, actor), ownProfile(db, actor)]);
  return { day, profile, open: event.url.searchParams.get('open') };
};

const subjects = (text: string) => text.split(/[,;\n]/);
const step = (name: string) => () => `/welcome#${name}`;
/** What he may go on with stays open, though it is done. */
const stay = (name: string) => () => `/welcome?open=${name}#${name}`;

export const actions = {
  profile: formAction(
    (tx, actor, form) =>
      editProfile(tx, actor, {
        headline: form.text('headline'),
        helpsWith: subjects(form.text('helpsWith')),
        asksAbout: subjects(form.text('asksAbout')),
      }),
    step('communities'),
  ),
  join: formAction(
    (tx, actor, form) => joinCommunity(tx, actor, form.text('community')),
    stay('communities'),
  ),
  // What is older than the account counts as read and gets no mark by itself.
  read: formAction(
    (tx, actor, form) => markRead(tx, actor, form.text('id')),
    (_, __, form) => `/posts/${form.text('id')}`,
  ),
  thank: formAction(
    (tx, actor, form) => react(tx, actor, { on: 'entry', id: form.text('id'), kind: 'thanks' }),
    step('line'),
  ),
  line: onceAction(
    (tx, actor, form) => createPost(tx, actor, { body: form.text('body'), status: 'published' }),
    step('line'),
  ),
  companion: formAction((tx, actor) => changeCompanion(tx, actor), step('companion')),
  later: formAction(
    (tx, actor) => dismissFirstDay(tx, actor),
    () => '/',
  ),
} satisfies Actions;
