import { text, type RequestHandler } from '@sveltejs/kit';

/** The process lives and answers. It does not ask the database: see /readyz. */
export const GET: RequestHandler = () => text('ok\n', { headers: { 'cache-control': 'no-store' } });
