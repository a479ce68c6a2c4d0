import { capture } from '#server/desk/capture.ts';
import { watchChoices } from '#server/desk/choices.ts';
import { requireActor } from '#server/web/actor.ts';
import { onceAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

const ADDRESS = /https?:\/\/\S+/i;

/** Where the bookmarklet and the share sheet of a phone lead: what they brought, to be looked at before it is kept. */
export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const query = event.url.searchParams;
  const [title, text, given] = ['title', 'text', 'url'].map((name) => query.get(name)?.trim() ?? '') as [
    string,
    string,
    string,
  ];
  // Many phones put the address into the text.
  const url = given || (ADDRESS.exec(text)?.[0] ?? '');
  const watches = await watchChoices(event.locals.db, actor);
  return {
    given: { title: title.slice(0, 300), url, note: text.replace(url, '').trim() },
    via: query.get('via') === 'bookmarklet' ? 'bookmarklet' : 'phone',
    watches: watches.map(({ name }) => name),
  };
};

export const actions: Actions = {
  keep: onceAction(
    (tx, actor, form) => {
      const url = form.text('url').trim();
      const note = form.text('note');
      return capture(tx, actor, {
        text: url ? `${/^https?:/i.test(url) ? '' : 'https://'}${url}\n${note}` : note,
        title: form.text('title'),
        watchName: form.text('watchName'),
        readLater: form.flag('readLater'),
        via: form.text('via') === 'bookmarklet' ? 'bookmarklet' : 'phone',
      });
    },
    ({ id, known }) => `/desk/clip?kept=${id}${known ? '&known' : ''}`,
  ),
};
