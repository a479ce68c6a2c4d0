import { text, type RequestHandler } from '@sveltejs/kit';
import { refuseFigures } from '#server/api.ts';
import { metricsText } from '#server/platform/metrics.ts';
import { poolCounts } from '#server/web/database.ts';

/** Figures for Prometheus: from this machine itself, or with a token of scope admin. */
export const GET: RequestHandler = async ({ request, locals, getClientAddress }) => {
  const refusal = await refuseFigures(request, locals.db, getClientAddress());
  if (refusal) return refusal;
  return text(metricsText(poolCounts()), {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
  });
};
