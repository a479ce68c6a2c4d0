import { fileNameOf, markdownOf } from '#server/pages/export-markdown.ts';
import { readPage } from '#server/pages/read.ts';
import { requireActor } from '#server/web/actor.ts';
import { attachment } from '../attachment.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const page = await readPage(event.locals.db, requireActor(event), event.params.id);
  const text = markdownOf(page, event.url.origin);
  return attachment(text, 'text/markdown; charset=utf-8', fileNameOf(page.title, 'md'));
};
