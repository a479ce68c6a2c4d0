import { OpenAPIHono } from '@hono/zod-openapi';
import { answerCall, type ApiEnv } from './call.ts';
import type { Api } from './frame.ts';
import { openApiDocument } from './openapi.ts';

/** Answers any request under the base. */
export type AnswerApi = (request: Request, env: ApiEnv['Bindings']) => Promise<Response>;

/**
 * Puts the routes of all capabilities under `base`, with `openapi.json` beside them. The document is open to anybody;
 * every other path asks who is there first, so that what exists and what does not answer strangers alike.
 */
export function mountApis(
  base: string,
  info: { title: string; version: string; description: string },
  apis: Api[],
): AnswerApi {
  const root = new OpenAPIHono<ApiEnv>();
  for (const api of apis) root.route(base, api.hono);
  const path = `${base}/openapi.json`;
  root.openAPIRegistry.registerPath({
    method: 'get',
    path,
    tags: ['API'],
    summary: 'This document',
    security: [],
    responses: {
      200: { description: 'Read.', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  });
  let document: string | undefined;
  root.get(path, (c) => {
    document ??= openApiDocument(root, info);
    return c.body(document, 200, { 'content-type': 'application/json' });
  });
  root.notFound((c) => answerCall(c));
  return async (request, env) => root.fetch(request, env);
}
