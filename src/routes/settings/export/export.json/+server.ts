import { exportAsJson } from '#server/export/json.ts';
import { download } from '#server/export/stream.ts';
import { requireActor } from '#server/web/actor.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => {
  const actor = requireActor(event);
  return download(exportAsJson(event.locals.db, actor), {
    type: 'application/json',
    name: `essaim-${actor.handle}.json`,
  });
};
