import { text, type RequestHandler } from '@sveltejs/kit';
import { isReady } from '#server/platform/ready.ts';

/** The process can do its work: its database answers. */
export const GET: RequestHandler = async ({ locals }) => {
  const ready = await isReady(locals.db);
  return text(ready ? 'ok\n' : 'the database does not answer\n', {
    status: ready ? 200 : 503,
    headers: { 'cache-control': 'no-store', ...(ready ? {} : { 'retry-after': '2' }) },
  });
};
