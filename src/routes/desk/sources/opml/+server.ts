import { sourcesOpml } from '#server/sources/opml.ts';
import { requireActor } from '#server/web/actor.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  new Response(await sourcesOpml(event.locals.db, requireActor(event)), {
    headers: {
      'content-type': 'text/x-opml; charset=utf-8',
      'content-disposition': 'attachment; filename="sources.opml"',
    },
  });
