import { instant } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import type { FileView } from './present.ts';
import { ownFiles, readFile } from './read.ts';
import { removeFile } from './remove.ts';
import { answerFile } from './serve.ts';
import { addFile, keepContent, type KeptFile } from './upload.ts';

export const filesApi = newApi('Files');

const number = z.number().nullable();

const file = z
  .object({
    id: z.uuid(),
    name: z.string(),
    type: z.string().describe('Found in its content'),
    kind: z.enum(['image', 'audio', 'video', 'pdf', 'other']),
    bytes: z.number().int(),
    width: number,
    height: number,
    seconds: number,
    pages: number,
    previewWidth: number.describe('Of the picture of its first page, at `url`/preview'),
    previewHeight: number,
    url: z.string().describe('Pictures also at `url`/480, /960 and /1600'),
    markdown: z.string().describe('What shows it in a text'),
  })
  .meta({ id: 'File' }) satisfies z.ZodType<FileView>;

filesApi.upload(
  '/files',
  {
    summary: 'Bring a file: its bytes are the body',
    description:
      'Used in no post or comment for a day, it is swept. Larger ones may come in pieces, by tus 1.0 at /files/upload.',
    query: z.object({ name: z.string().min(1).describe('What it is called') }),
    answers: file,
    status: 201,
  },
  async ({ db, query, content }) => {
    const kept = await keepContent(db, { name: query.name, content });
    return { content: kept, same: `${kept.sha256} ${kept.name}` };
  },
  ({ tx, actor, body }) => addFile(tx, actor, body satisfies KeptFile),
);

filesApi.get(
  '/files',
  {
    summary: 'The files that you brought, newest first',
    query: z.object(pageQuery),
    answers: pageOf(file.extend({ at: instant }).meta({ id: 'OwnFile' })),
  },
  ({ db, actor, query }) => ownFiles(db, actor, query),
);

filesApi.get('/files/{id}', { summary: 'What a file is', answers: file }, ({ db, actor, params }) =>
  readFile(db, actor, params.id),
);

filesApi.get(
  '/files/{id}/content',
  {
    summary: 'The bytes of a file, or of a range of it',
    answers: z.string().describe('Its bytes'),
    media: 'application/octet-stream',
  },
  ({ db, actor, params, request }) => answerFile(db, actor, { id: params.id }, request.headers),
);

filesApi.delete(
  '/files/{id}',
  { summary: 'Take back a file of yours that stands in no text' },
  ({ tx, actor, params }) => removeFile(tx, actor, params.id),
);
