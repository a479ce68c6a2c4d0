import { isAdmin } from '#server/actor.ts';
import { feedKeyOf, renewFeedKey, revokeFeedKey } from '#server/people/feed-key.ts';
import { createToken, revokeToken, tokenOf, tokensOf } from '#server/people/tokens.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, tellOnceAction } from '#server/web/form.ts';
import { unlessGone } from '#server/web/gone.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  const actor = requireActor(event);
  const [tokens, feedKey] = await Promise.all([tokensOf(db, actor), feedKeyOf(db, actor)]);
  const feed = feedKey && `${event.url.origin}/feeds/all.rss?key=${feedKey}`;
  return { tokens, feed, mayAdminister: isAdmin(actor), saved: event.url.searchParams.has('saved') };
};

const saved = () => '/settings/keys?saved';

export const actions = {
  create: tellOnceAction(
    (tx, actor, form, secret) => {
      const input = {
        name: form.text('name'),
        scopes: form.list('scopes'),
        days: form.text('days') ? Number(form.text('days')) : null,
      };
      return createToken(tx, actor, input, secret);
    },
    ({ secret }) => ({ token: tokenOf(secret) }),
  ),
  revoke: formAction((tx, actor, form) => unlessGone(revokeToken(tx, actor, form.text('id'))), saved),
  renewFeed: formAction(renewFeedKey, saved),
  revokeFeed: formAction(revokeFeedKey, saved),
} satisfies Actions;
