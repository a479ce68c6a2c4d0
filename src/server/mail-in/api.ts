/** /api/v1/communities/{slug}/mail: how a community takes posts by mail. */
import { newApi, z } from '../platform/api/frame.ts';
import {
  closeCommunityMail,
  communityMail,
  openCommunityMail,
  type CommunityMail,
} from './community-mail.ts';
import { endWriteAddress, renewWriteAddress } from './write-address.ts';

export const mailInApi = newApi('Communities');
const api = mailInApi;

const mail = z
  .object({
    possible: z.boolean().describe('This network takes mail at all'),
    open: z.boolean().describe('The animators opened the address; false for who is no member'),
    address: z.string().nullable().describe('What a member sends there is a draft of his'),
    ownAddress: z
      .string()
      .nullable()
      .describe('What you send there is out at once; known to you alone, and to tokens that may write'),
  })
  .meta({ id: 'CommunityMail' }) satisfies z.ZodType<CommunityMail>;

api.get(
  '/communities/{slug}/mail',
  { summary: 'How a community takes posts by mail', answers: mail },
  ({ db, actor, params }) => communityMail(db, actor, params.slug),
);

api.put(
  '/communities/{slug}/mail',
  {
    summary: 'Take posts by mail, or no more (animators)',
    body: z.object({ open: z.boolean() }),
    answers: mail,
  },
  async ({ tx, actor, params, body }) => {
    await (body.open ? openCommunityMail : closeCommunityMail)(tx, actor, params.slug);
    return communityMail(tx, actor, params.slug);
  },
);

api.post(
  '/communities/{slug}/mail/own-address',
  {
    summary: 'Get an address of your own for a community you are in; the one you had ends',
    answers: mail,
    status: 201,
  },
  async ({ tx, actor, params }) => {
    await renewWriteAddress(tx, actor, params.slug);
    return communityMail(tx, actor, params.slug);
  },
);

api.delete(
  '/communities/{slug}/mail/own-address',
  { summary: 'Give your own address up' },
  ({ tx, actor, params }) => endWriteAddress(tx, actor, params.slug),
);
