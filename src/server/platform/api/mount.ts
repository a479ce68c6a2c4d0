import { Hono } from 'hono';
import { answerCall, type ApiEnv } from './call.ts';
import type { Api } from './frame.ts';
import { openApiDocument, type Info } from './openapi.ts';

/** Answers any request under the base. */
export type AnswerApi = (request: Request, env: ApiEnv['Bindings']) => Promise<Response>;

/**
 * Puts the routes of all capabilities under `base`, with `openapi.json` beside them. The document is open to anybody;
 * every other path asks who is there first, so that what exists and what does not answer strangers alike.
 */
export function mountApis(base: string, info: Info, apis: Api[]): AnswerApi {
  const root = new Hono<ApiEnv>();
  const routes = apis.flatMap((api) => api.routes);
  // The first that fits answers: `/people/me` before `/people/{handle}`.
  const plainFirst = routes.toSorted((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  for (const route of plainFirst) {
    const path = base + route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    root.on(route.method.toUpperCase(), path, (c) => answerCall(c, route));
  }
  let document: string | undefined;
  root.get(`${base}/openapi.json`, (c) => {
    document ??= openApiDocument(base, info, routes);
    return c.body(document, 200, { 'content-type': 'application/json' });
  });
  root.notFound((c) => answerCall(c));
  return async (request, env) => root.fetch(request, env);
}
