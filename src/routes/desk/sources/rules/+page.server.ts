import { watchChoices } from '#server/desk/choices.ts';
import { dropRule, makeRule, ownRules, type RuleDoes } from '#server/sources/rules.ts';
import { ownSources } from '#server/sources/subscriptions.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const [rules, watches, sources] = await Promise.all([
    ownRules(db, actor),
    watchChoices(db, actor),
    ownSources(db, actor),
  ]);
  return {
    rules,
    watches,
    sources: sources.map(({ id, title }) => ({ id, title })),
  };
};

export const actions = {
  make: formAction(
    (tx, actor, form) =>
      makeRule(tx, actor, {
        words: form.text('words'),
        does: form.text('does') as RuleDoes,
        watch: form.text('watch') || null,
        source: form.text('source') || null,
        past: form.flag('past'),
      }),
    ({ applied }) => ({ applied }),
  ),
  drop: formAction(
    (tx, actor, form) => dropRule(tx, actor, form.text('id')),
    () => '/desk/sources/rules',
  ),
} satisfies Actions;
