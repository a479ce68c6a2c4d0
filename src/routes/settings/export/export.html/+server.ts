import { exportAsHtml } from '#server/export/html.ts';
import { download } from '#server/export/stream.ts';
import { requireActor } from '#server/web/actor.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => {
  const actor = requireActor(event);
  return download(exportAsHtml(event.locals.db, actor, event.url.origin), {
    type: 'text/html',
    name: `essaim-${actor.handle}.html`,
  });
};
