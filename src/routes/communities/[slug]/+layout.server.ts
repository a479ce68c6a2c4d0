import { readCommunity } from '#server/communities/read.ts';
import { communityMail } from '#server/mail-in/community-mail.ts';
import { requireActor } from '#server/web/actor.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { db } = event.locals;
  const { slug } = event.params;
  const actor = requireActor(event);
  const [community, mail] = await Promise.all([
    readCommunity(db, actor, slug),
    communityMail(db, actor, slug),
  ]);
  return { community, mail };
};
