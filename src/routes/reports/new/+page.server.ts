import { Refusal } from '#server/errors.ts';
import { readThing, thingIn } from '#server/moderation/read.ts';
import { REASONS, reportThing } from '#server/moderation/report.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const thing = await readThing(event.locals.db, requireActor(event), named(event.url));
  if (thing.own) throw new Refusal('forbidden', 'report_own_words');
  return { thing, reasons: REASONS };
};

const named = (url: URL) =>
  thingIn({ post: url.searchParams.get('post'), comment: url.searchParams.get('comment') });

export const actions: Actions = {
  default: formAction(
    (tx, actor, form, { url }) =>
      reportThing(tx, actor, { ...named(url), reason: form.text('reason'), words: form.text('words') }),
    () => '/reports?sent',
  ),
};
