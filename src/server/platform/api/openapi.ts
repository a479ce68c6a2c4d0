/** The OpenAPI document, made from the routes that run. Zod itself turns their schemas into JSON Schema. */
import { z } from 'zod';
import type { RefusalCode } from '../../errors.ts';
import type { Route } from './frame.ts';
import { STATUS } from '../refusal-words.ts';

export interface Info {
  title: string;
  version: string;
  description: string;
}

const REFUSALS: Record<RefusalCode, string> = {
  unauthenticated: 'Nobody is known by this token or session.',
  forbidden: 'Known, and not allowed: a scope is missing, or the capability says no.',
  not_found: 'Not there, or not for this person: both answer alike.',
  invalid: 'Something in the request is wrong. `fields` says what, by name.',
  conflict: 'At odds with what is there, or an `Idempotency-Key` used for another request.',
  too_many: 'Too many requests. `Retry-After` says how many seconds to wait.',
  unavailable: 'The database is away. Try again in `Retry-After` seconds.',
};
const CODES = Object.keys(REFUSALS) as RefusalCode[];
const RETRIED: readonly RefusalCode[] = ['too_many', 'unavailable'];

const refusal = z
  .object({
    error: z.object({
      code: z.enum(CODES),
      message: z.string().describe('A sentence for people, in French or English.'),
      fields: z.record(z.string(), z.string()).optional().describe('A sentence for each field at fault.'),
    }),
  })
  .meta({ id: 'Refusal' });

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Any text of your own. The same key with the same request is done once, for 48 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

type Json = Record<string, unknown>;

/** The whole document of the routes under `base`, with `openapi.json` itself. */
export function openApiDocument(base: string, info: Info, routes: Route[]): string {
  const schemas: Json = {};
  const paths: Record<string, Json> = { [`${base}/openapi.json`]: { get: ITSELF } };
  for (const route of routes) {
    (paths[base + route.path] ??= {})[route.method] = operation(route, schemas);
  }
  const content = json(refusal, 'output', schemas);
  return JSON.stringify({
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { cookie: [] }],
    paths,
    components: {
      schemas,
      responses: Object.fromEntries(CODES.map((code) => [code, refusalResponse(code, content)])),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'essaim.session_token',
          description:
            'The session of a browser. Writes then need `Origin` or `Sec-Fetch-Site` of this network.',
        },
      },
    },
  });
}

const ITSELF = {
  tags: ['API'],
  summary: 'This document',
  security: [],
  responses: {
    200: { description: 'Read.', content: { 'application/json': { schema: { type: 'object' } } } },
  },
};

const FILE = {
  required: true,
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
};

function operation(route: Route, schemas: Json): Json {
  const { method, query, body } = route;
  return {
    tags: [route.group],
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    ...(route.scope === (method === 'get' ? 'read' : 'write') ? {} : { 'x-scope': route.scope }),
    parameters: [
      ...parameters('path', z.object(route.params), schemas),
      ...(query ? parameters('query', query, schemas) : []),
      ...(method === 'post' ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(route.take ? { requestBody: FILE } : {}),
    ...(body
      ? { requestBody: { required: !body.safeParse({}).success, content: json(body, 'input', schemas) } }
      : {}),
    responses: {
      ...success(route, schemas),
      ...Object.fromEntries(
        refusalsOf(route).map((code) => [STATUS[code], { $ref: `#/components/responses/${code}` }]),
      ),
    },
  };
}

function parameters(place: 'path' | 'query', schema: z.ZodType, schemas: Json): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'output', schemas) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }));
}

function success({ status, answers, media, method, waits }: Route, schemas: Json): Json {
  if (!answers) return { 204: { description: 'Done.' } };
  if (media)
    return {
      200: { description: 'Read.', content: { [media]: { schema: jsonSchema(answers, 'output', schemas) } } },
    };
  const description = status === 201 ? 'Made.' : method === 'get' ? 'Read.' : 'Done.';
  const content = json(answers, 'output', schemas);
  return {
    [status]: { description, content },
    ...(waits ? { 202: { description: 'Asked for, and not done yet.', content } } : {}),
  };
}

function refusalsOf({ method, params, query, body }: Route): RefusalCode[] {
  const writes = method !== 'get';
  const possible: Record<RefusalCode, boolean> = {
    unauthenticated: true,
    forbidden: true,
    not_found: Object.keys(params).length > 0 || body !== undefined || query !== undefined,
    conflict: writes,
    invalid: writes || query !== undefined,
    too_many: true,
    unavailable: true,
  };
  return CODES.filter((code) => possible[code]);
}

function refusalResponse(code: RefusalCode, content: Json): Json {
  const wait = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } };
  return { description: REFUSALS[code], ...(RETRIED.includes(code) ? { headers: wait } : {}), content };
}

function json(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  // Wrapped, because only what stands inside another schema is referred to by its name.
  const { properties } = jsonSchema(z.object({ schema }), io, schemas) as { properties: Json };
  return { 'application/json': properties };
}

/** JSON Schema of `schema`; what has a name of its own goes to `schemas`. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const made = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => leaveOutTheObvious(jsonSchema),
  });
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = JSON.parse(JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json & {
    $defs?: Json;
  };
  for (const [name, named] of Object.entries($defs)) {
    const known = schemas[name];
    if (known && JSON.stringify(known) !== JSON.stringify(named))
      throw new Error(`two schemas named ${name}`);
    schemas[name] = named;
  }
  return rest;
}

/** A format says it without its pattern; an answer may grow new fields; every whole number has the same bounds. */
function leaveOutTheObvious(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format) delete schema.pattern;
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}
