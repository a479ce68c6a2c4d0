/** One call, from the request to the answer. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { Actor } from '../../actor.ts';
import { notFound, Refusal } from '../../errors.ts';
import { inTransaction, type Db, type Tx } from '../db.ts';
import { countRequest } from '../metrics.ts';
import { contentOf, readBody } from './body.ts';
import { refuseCrossSite } from './cross-site.ts';
import type { Route } from './frame.ts';
import { idempotencyKey, once, type Kept } from './idempotency.ts';
import { readInput } from './input.ts';
import { refuseTooMany } from './rate-limit.ts';
import { refusalResponse } from './refusal-response.ts';

/** Who acts, and by what. A token is never sent by a browser on its own; a session cookie is. */
export interface Identity {
  actor: Actor;
  by: 'token' | 'session';
}

/** What comes in with a request. */
export interface ApiEnv {
  Bindings: {
    db: Db;
    identify: () => Promise<Identity | null>;
    /** The request as it stands on its connection, where it came by one. */
    incoming?: IncomingMessage;
  };
}

/** Answers a call to `route`, or refuses it in words. Without a route, whoever is known hears `not_found`. */
export async function answerCall(c: Context<ApiEnv>, route?: Route): Promise<Response> {
  const began = performance.now();
  const request = c.req.raw;
  let actor: Actor | undefined;
  let response: Response;
  try {
    const identity = await c.env.identify();
    if (!identity) throw new Refusal('unauthenticated', 'no_credentials');
    actor = identity.actor;
    refuseTooMany(actor.id, request.method);
    if (!route) throw notFound();
    if (!actor.scopes.includes(route.scope)) throw new Refusal('forbidden', 'scope_missing');
    const content = contentOf(request, c.env.incoming);
    if (identity.by === 'session' && route.method !== 'get') refuseCrossSite(request, content !== null);
    response = await run(c, route, actor, content);
  } catch (error) {
    response = refusalResponse(error, request, actor);
  }
  countRequest(route?.path ?? 'unknown', request.method, response.status, performance.now() - began);
  return response;
}

async function run(
  c: Context<ApiEnv>,
  route: Route,
  actor: Actor,
  content: Readable | null,
): Promise<Response> {
  const params = paramsOf(c, route);
  const query = route.query ? readInput(route.query, c.req.query()) : {};
  if (route.read) {
    const answer = await route.read({ db: c.env.db, actor, params, query, request: c.req.raw });
    if (!(answer instanceof Response)) return respond({ status: 200, body: JSON.stringify(answer) });
    // Nobody reads what a HEAD leaves away: a stream would go on without a reader.
    if (c.req.raw.method === 'HEAD') await answer.body?.cancel();
    return answer;
  }
  const taken = await route.take?.({
    db: c.env.db,
    actor,
    params,
    query,
    content: content ?? Readable.from([]),
  });
  const text = taken ? { raw: taken.same, json: undefined } : await readBody(content);
  const body = taken ? taken.content : route.body ? readInput(route.body, text.json) : undefined;
  if (route.ask) {
    const answer = await route.ask({ db: c.env.db, actor, params, query, body, request: c.req.raw });
    return respond({ status: 200, body: JSON.stringify(answer) });
  }
  const ready = route.prepare ? await route.prepare(body) : body;
  const write = async (tx: Tx): Promise<Kept> => {
    const answer = await route.write?.({ tx, actor, params, query, body: ready });
    const status = route.waits?.(answer) ? 202 : route.status;
    return { status, body: route.answers ? JSON.stringify(answer) : null };
  };
  const key = route.method === 'post' ? idempotencyKey(c.req.raw) : null;
  if (key === null) return respond(await inTransaction(c.env.db, write, route.alone));
  const claim = {
    ownerId: actor.id,
    key,
    request: `POST ${c.req.path}\n${text.raw}`,
    toldOnce: route.toldOnce ?? false,
  };
  const { kept, replayed } = await inTransaction(c.env.db, (tx) => once(tx, claim, () => write(tx)));
  return respond(kept, replayed ? { 'idempotent-replay': 'true' } : undefined);
}

/** A part of the path that cannot name anything names nothing. */
function paramsOf(c: Context<ApiEnv>, route: Route): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, schema] of Object.entries(route.params)) {
    const value = c.req.param(name) ?? '';
    if (value.includes('\0') || !value.isWellFormed() || !schema.safeParse(value).success) throw notFound();
    params[name] = value;
  }
  return params;
}

function respond({ status, body }: Kept, headers?: Record<string, string>): Response {
  return new Response(body, {
    status,
    headers: {
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      'cache-control': 'private, no-store',
      ...headers,
    },
  });
}
