import { notFound } from '#server/errors.ts';
import { closeCommunityMail, openCommunityMail } from '#server/mail-in/community-mail.ts';
import { endWriteAddress, renewWriteAddress } from '#server/mail-in/write-address.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { mail } = await event.parent();
  if (!mail.address) throw notFound();
  return { done: event.url.searchParams.get('done'), address: mail.address };
};

type Where = { params: { slug?: string } };
const slugOf = ({ params }: Where) => params.slug ?? '';
const back = (done: string) => (_: unknown, at: Where) => `/communities/${slugOf(at)}/mail?done=${done}`;
const settings = (_: unknown, at: Where) => `/communities/${slugOf(at)}/settings?done=saved`;

export const actions = {
  renew: formAction((tx, actor, _, at) => renewWriteAddress(tx, actor, slugOf(at)), back('renewed')),
  end: formAction((tx, actor, _, at) => endWriteAddress(tx, actor, slugOf(at)), back('ended')),
  open: formAction((tx, actor, _, at) => openCommunityMail(tx, actor, slugOf(at)), settings),
  close: formAction((tx, actor, _, at) => closeCommunityMail(tx, actor, slugOf(at)), settings),
} satisfies Actions;
