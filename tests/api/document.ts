/** The published OpenAPI document, and what it says of an answer. */
import { z } from 'zod';
import type { Scope } from '#server/actor.ts';
import type { Db } from '#server/platform/db.ts';
import { stranger, type Answer } from './client.ts';

interface Operation {
  summary: string;
  tags: string[];
  security?: unknown[];
  'x-scope'?: Scope;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: object }> }>;
}

export interface Document {
  openapi: string;
  security: Record<string, unknown>[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, object>;
    responses: Record<string, Operation['responses'][string]>;
    securitySchemes: Record<string, object>;
  };
}

/** An operation by its name, as in `POST /posts`. */
export interface Route {
  name: string;
  method: string;
  path: string;
  operation: Operation;
}

export async function readDocument(db: Db): Promise<Document> {
  return (await stranger(db)('/openapi.json')).body as Document;
}

/** Every operation but the document itself, which has no guard. */
export function routesOf(document: Document): Route[] {
  return Object.entries(document.paths)
    .flatMap(([full, operations]) =>
      Object.entries(operations).map(([verb, operation]) => {
        const [method, path] = [verb.toUpperCase(), full.replace('/api/v1', '')];
        return { name: `${method} ${path}`, method, path, operation };
      }),
    )
    .filter(({ operation }) => operation.security === undefined);
}

/** What is wrong with an answer, read by the document alone: nothing more and nothing less than it says. */
export function faultsOf(document: Document, { operation }: Route, answer: Answer): string[] {
  const said = operation.responses[answer.status];
  const response = said?.$ref ? document.components.responses[said.$ref.split('/').at(-1) ?? ''] : said;
  if (!response) return [`status ${answer.status} is not in the document: ${answer.text}`];
  const [media = ''] = Object.keys(response.content ?? {});
  if (media && media !== 'application/json')
    return answer.headers.get('content-type')?.startsWith(media) ? [] : [`it is no ${media}`];
  const schema = response.content?.['application/json']?.schema;
  if (!schema) return answer.body === null ? [] : ['a body where none is described'];
  const result = z
    .fromJSONSchema(spelledOut(document, schema) as z.core.JSONSchema.JSONSchema)
    .safeParse(answer.body);
  return result.success
    ? []
    : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

/** The schema without references, and with every object closed. */
function spelledOut(document: Document, node: unknown): unknown {
  if (Array.isArray(node)) return node.map((item) => spelledOut(document, item));
  if (typeof node !== 'object' || node === null) return node;
  if ('$ref' in node) {
    return spelledOut(document, document.components.schemas[String(node.$ref).split('/').at(-1) ?? '']);
  }
  const inner = Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, spelledOut(document, value)]),
  );
  return 'properties' in inner && !('additionalProperties' in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
}
