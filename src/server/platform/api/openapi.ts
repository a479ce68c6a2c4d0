/** The OpenAPI document, made from the routes that run. */
import { z, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { RefusalCode } from '../../errors.ts';
import type { ApiEnv } from './call.ts';
import type { Route } from './frame.ts';
import { STATUS } from './refusal-response.ts';

type Hono = OpenAPIHono<ApiEnv>;

const REFUSALS: Record<RefusalCode, string> = {
  unauthenticated: 'Nobody is known by this token or session.',
  forbidden: 'Known, and not allowed: a scope is missing, or the capability says no.',
  not_found: 'Not there, or not for this person: both answer alike.',
  invalid: 'Something in the request is wrong. `fields` says what, by name.',
  conflict: 'At odds with what is there, or an `Idempotency-Key` used for another request.',
  too_many: 'Too many requests. `Retry-After` says how many seconds to wait.',
  unavailable: 'The database is away. Try again in `Retry-After` seconds.',
};
const RETRIED: readonly RefusalCode[] = ['too_many', 'unavailable'];

const refusalSchema = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(REFUSALS) as RefusalCode[]),
      message: z.string().openapi({ description: 'A sentence for people, in French or English.' }),
      fields: z
        .record(z.string(), z.string())
        .optional()
        .openapi({ description: 'A sentence for each field at fault.' }),
    }),
  })
  .openapi('Refusal');

const idempotency = z.object({
  'Idempotency-Key': z.string().min(1).max(200).optional().openapi({
    description: 'Any text of your own. The same key with the same request is done once, for 48 hours.',
  }),
});

/** Puts one route into the document of `hono`. */
export function describeRoute(hono: Hono, route: Route): void {
  const names = Object.keys(route.params);
  hono.openAPIRegistry.registerPath({
    method: route.method,
    path: route.path,
    tags: [route.group],
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    ...(route.scope === 'admin' ? { 'x-scope': 'admin' } : {}),
    request: {
      ...(names.length ? { params: z.object(route.params) } : {}),
      ...(route.query ? { query: route.query as z.ZodObject } : {}),
      ...(route.method === 'post' ? { headers: idempotency } : {}),
      ...(route.body ? { body: { required: !route.body.safeParse({}).success, content: json(route.body) } } : {}),
    },
    responses: { ...success(route), ...Object.fromEntries(refusalsOf(route).map(refusal)) },
  });
}

function success({ status, answers, method, waits }: Route): RouteConfig['responses'] {
  if (!answers) return { 204: { description: 'Done.' } };
  const description = status === 201 ? 'Made.' : method === 'get' ? 'Read.' : 'Done.';
  return {
    [status]: { description, content: json(answers) },
    ...(waits ? { 202: { description: 'Asked: somebody has to say yes.', content: json(answers) } } : {}),
  };
}

function refusalsOf({ method, params, query, body }: Route): RefusalCode[] {
  const writes = method !== 'get';
  const codes: [RefusalCode, boolean][] = [
    ['unauthenticated', true],
    ['forbidden', true],
    ['not_found', Object.keys(params).length > 0 || body !== undefined || query !== undefined],
    ['conflict', writes],
    ['invalid', writes || query !== undefined],
    ['too_many', true],
    ['unavailable', true],
  ];
  return codes.filter(([, possible]) => possible).map(([code]) => code);
}

function refusal(code: RefusalCode) {
  return [String(STATUS[code]), { $ref: `#/components/responses/${code}` }] as const;
}

function json(schema: z.ZodType) {
  return { 'application/json': { schema } };
}

/** The whole document; everything mounted on `root` stands in it. */
export function openApiDocument(
  root: Hono,
  info: { title: string; version: string; description: string },
): string {
  root.openAPIRegistry.register('Refusal', refusalSchema);
  for (const code of Object.keys(REFUSALS) as RefusalCode[]) {
    root.openAPIRegistry.registerComponent('responses', code, {
      description: REFUSALS[code],
      ...(RETRIED.includes(code)
        ? { headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } } }
        : {}),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
    });
  }
  root.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  root.openAPIRegistry.registerComponent('securitySchemes', 'cookie', {
    type: 'apiKey',
    in: 'cookie',
    name: 'essaim.session_token',
    description: 'The session of a browser. Writes then need `Origin` or `Sec-Fetch-Site` of this network.',
  });
  return JSON.stringify(
    root.getOpenAPI31Document({
      openapi: '3.1.0',
      info,
      servers: [{ url: '/' }],
      security: [{ bearer: [] }, { cookie: [] }],
    }),
  );
}
