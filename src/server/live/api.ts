/** /api/v1: the stream of signals, and who is writing. */
import { newApi, z } from '../platform/api/frame.ts';
import { openStream } from './open.ts';
import { tellWriting } from './writing.ts';

export const liveApi = newApi('Live');

liveApi.get(
  '/events',
  {
    summary: 'What happens where you look, as it happens: names and ids, never content',
    description:
      `Server-sent events. Each has a name (\`post.published\`, \`post.returned\`, \`post.changed\`,
\`post.gone\`, \`page.changed\`, \`comment.written\`, \`comment.changed\`, \`comment.gone\`, \`reaction.changed\`, \`notification\`,
\`notification.read\`, \`read.changed\`, \`person.changed\`, \`community.changed\`, \`writing\`) and ids in its data; read what they name through the other routes. \`hello\` begins a stream and \`pulse\`
says every 25 seconds that it lives. \`reset\` means: read everything again. An id (\`Last-Event-ID\`, or \`after\`) takes
a stream up where it broke off, up to 15 minutes later. The stream ends when your key does.`.replaceAll(
        '\n',
        ' ',
      ),
    query: z.object({
      entry: z.uuid().optional().describe('A post whose page is open: what is said there, and who writes'),
      shown: z.string().optional().describe('Ids of posts in a list before you, with commas between them'),
      feed: z
        .string()
        .optional()
        .describe('New posts of `following`, `all`, `communities/SLUG`, `people/HANDLE` or `tags/TAG`'),
      since: z.iso.datetime().optional().describe('When what you have before you was read'),
      after: z.string().optional().describe('The id of the last event, where no header can be sent'),
    }),
    answers: z.string(),
    media: 'text/event-stream',
  },
  ({ db, actor, query, request }) => openStream(db, actor, query, request),
);

liveApi.post(
  '/posts/{id}/writing',
  { summary: 'Say that you are writing a comment now, to those who have the post open' },
  ({ tx, actor, params }) => tellWriting(tx, actor, params.id),
);
