/**
 * The frame of the API. A capability writes its routes in its own api.ts (posts/api.ts is the example):
 *
 *     export const postsApi = newApi('Posts');
 *
 *     postsApi.get('/posts/{id}', { summary: 'One post', answers: entryView },
 *       ({ db, actor, params }) => readPost(db, actor, params.id));
 *
 *     postsApi.post('/posts', { summary: 'Write a post', body: newPost, answers: made, status: 201 },
 *       ({ tx, actor, body }) => createPost(tx, actor, body));
 *
 * and src/server/api.ts mounts it under /api/v1. The frame does the rest: who acts, scopes, limits, cross-site
 * requests, the body, one transaction per write, idempotency keys, refusals in words, the OpenAPI document.
 *   - `answers` and `body` are zod schemas (take `z` from here; `.meta({ id })` names one in the document, `.describe()`
 *     explains it). `body` is checked; `answers` only describes, and the compiler holds the handler to it. Without
 *     `answers` the route answers 204.
 *   - Schemas check shapes. What a title may hold is the capability's rule, which pages share: it throws `Refusal`.
 *   - `{id}` and `{somethingId}` in a path are uuids: anything else is not found. Other parts are plain text, unless
 *     `params` narrows them.
 *   - A list answers `pageOf(item)` and takes `query: z.object({ ...pageQuery, ... })`.
 */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Actor, Scope } from '../../actor.ts';
import type { Db, Tx } from '../db.ts';

export { z };

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [Key in Name]: string } & ParamsOf<Rest>
  : unknown;

type Narrowed = Record<string, z.ZodType<string>>;

interface Asked<Path extends string, Params extends Narrowed, Query> {
  actor: Actor;
  params: ParamsOf<Path> & { [Name in keyof Params]: z.output<Params[Name]> };
  query: Query;
}
type Read<Path extends string, Params extends Narrowed, Query> = Asked<Path, Params, Query> & {
  db: Db;
  request: Request;
};
type Question<Path extends string, Params extends Narrowed, Query, Body> = Read<Path, Params, Query> & {
  body: Body;
};
type Take<Path extends string, Params extends Narrowed, Query> = Asked<Path, Params, Query> & {
  db: Db;
  /** The bytes that the request brought; empty for none. */
  content: Readable;
};
type Write<Path extends string, Params extends Narrowed, Query, Body> = Asked<Path, Params, Query> & {
  tx: Tx;
  body: Body;
};

interface ReadSpec<Params, Query, Answer> {
  summary: string;
  description?: string;
  params?: Params;
  query?: z.ZodType<Query>;
  answers: z.ZodType<Answer>;
  /** What the answer is, where it is no JSON. */
  media?: string;
  /** Only for machines that were given this scope. `read` for GET and `write` for the rest go without saying. */
  scope?: Scope;
}
interface WriteSpec<Params, Query, Body, Answer> extends Omit<
  ReadSpec<Params, Query, Answer>,
  'answers' | 'media'
> {
  body?: z.ZodType<Body>;
  answers?: z.ZodType<Answer>;
  status?: 200 | 201;
  /** The answer holds a secret: no copy of it is kept for an idempotency key. */
  toldOnce?: boolean;
  /** True where somebody else has to say yes first: the answer is then a 202. */
  waits?(answer: Answer): boolean;
  /** It is one capability's change and nothing else, which may then be a transaction of a single statement. */
  alone?: boolean;
}

/** A route as the frame keeps it, its types told by `get`, `post` ... and forgotten here. */
export interface Route {
  method: Method;
  path: string;
  group: string;
  summary: string;
  description?: string;
  params: Record<string, z.ZodType>;
  query?: z.ZodType;
  body?: z.ZodType;
  answers?: z.ZodType;
  media?: string;
  status: number;
  toldOnce?: boolean;
  waits?(answer: unknown): boolean;
  alone?: boolean;
  scope: Scope;
  read?: (call: Read<string, Narrowed, unknown>) => Promise<unknown>;
  ask?: (call: Question<string, Narrowed, unknown, unknown>) => Promise<unknown>;
  write?: (call: Write<string, Narrowed, unknown, unknown>) => Promise<unknown>;
  take?: (call: Take<string, Narrowed, unknown>) => Promise<Taken<unknown>>;
  prepare?: (body: unknown) => Promise<unknown>;
}

/** A file that a request brought: what `write` goes on with, and what says that another request brought the same. */
interface Taken<Content> {
  content: Content;
  same: string;
}

/** The routes of one capability. */
export class Api {
  readonly routes: Route[] = [];
  readonly #group: string;

  constructor(group: string) {
    this.#group = group;
  }

  /** A read. It may answer a `Response` of its own making where the answer is no JSON (a download). */
  get<Path extends string, Query, Answer, Params extends Narrowed = Record<never, never>>(
    path: Path,
    spec: ReadSpec<Params, Query, Answer>,
    read: (call: Read<Path, Params, Query>) => Promise<NoInfer<Answer> | Response>,
  ): void {
    this.#add('get', path, spec, { read: read as Route['read'] });
  }

  /** A read that asks with more than an address holds: a POST that changes nothing, keeps nothing and opens no transaction. */
  question<Path extends string, Query, Body, Answer, Params extends Narrowed = Record<never, never>>(
    path: Path,
    spec: ReadSpec<Params, Query, Answer> & { body: z.ZodType<Body> },
    ask: (call: Question<Path, Params, Query, Body>) => Promise<NoInfer<Answer>>,
  ): void {
    this.#add('post', path, spec, { ask: ask as Route['ask'] });
  }

  post = this.#writing('post');
  put = this.#writing('put');
  patch = this.#writing('patch');
  delete = this.#writing('delete');

  /** A POST, or PUT, that brings a file as its body: `take` streams it in before the transaction that `write` runs in. */
  upload<Path extends string, Query, Content, Answer, Params extends Narrowed = Record<never, never>>(
    path: Path,
    spec: WriteSpec<Params, Query, Content, Answer> & { method?: 'post' | 'put' },
    take: (call: Take<Path, Params, Query>) => Promise<Taken<Content>>,
    write: (call: Write<Path, Params, Query, Content>) => Promise<NoInfer<Answer>>,
  ): void {
    this.#add(spec.method ?? 'post', path, spec, {
      take: take as Route['take'],
      write: write as Route['write'],
    });
  }

  /** A POST whose body takes a while to be understood: `prepare` does it before the transaction that `write` runs in. */
  prepared<Path extends string, Query, Body, Ready, Answer, Params extends Narrowed = Record<never, never>>(
    path: Path,
    spec: WriteSpec<Params, Query, Body, Answer>,
    prepare: (body: Body) => Promise<Ready>,
    write: (call: Write<Path, Params, Query, Ready>) => Promise<NoInfer<Answer>>,
  ): void {
    this.#add('post', path, spec, {
      prepare: prepare as Route['prepare'],
      write: write as Route['write'],
    });
  }

  #writing(method: Method) {
    return <Path extends string, Query, Body, Answer = void, Params extends Narrowed = Record<never, never>>(
      path: Path,
      spec: WriteSpec<Params, Query, Body, Answer>,
      write: (call: Write<Path, Params, Query, Body>) => Promise<NoInfer<Answer>>,
    ): void => this.#add(method, path, spec, { write: write as Route['write'] });
  }

  #add(
    method: Method,
    path: string,
    spec: WriteSpec<Narrowed, unknown, unknown, unknown> & { media?: string },
    work: Pick<Route, 'read' | 'ask' | 'write' | 'take' | 'prepare'>,
  ): void {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const params = names.map((name) => [name, spec.params?.[name] ?? paramSchema(name)] as const);
    this.routes.push({
      ...spec,
      ...work,
      method,
      path,
      group: this.#group,
      params: Object.fromEntries(params),
      status: spec.answers ? (spec.status ?? 200) : 204,
      scope: spec.scope ?? (method === 'get' ? 'read' : 'write'),
    });
  }
}

/** Starts the routes of a capability; `group` is their heading in the document. */
export function newApi(group: string): Api {
  return new Api(group);
}

function paramSchema(name: string): z.ZodType<string> {
  return name === 'id' || name.endsWith('Id') ? z.uuid() : z.string();
}

/** What every list takes. */
export const pageQuery = {
  cursor: z.string().optional().describe('`next` of the page before'),
  limit: z.coerce
    .number<string>()
    .int()
    .min(1)
    .optional()
    .describe('How many at most: 20 unless told, never more than 100'),
};

/** What every list answers. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('The `cursor` of the next page; null at the end'),
  });
}
