/** Calls the API as one of the world's people, with a real token, in the process of the test. */
import type { Scope } from '#server/actor.ts';
import { answerApi } from '#server/api.ts';
import { createToken } from '#server/people/tokens.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';
import { actorOf } from '../world.ts';

export const ORIGIN = 'http://essaim.test';

export interface Answer {
  status: number;
  headers: Headers;
  /** The JSON of the answer; null where it has none. */
  body: unknown;
  text: string;
}

export interface Call {
  method?: string;
  /** Under /api/v1. */
  path: string;
  /** Sent as JSON, or as it is where it is text or bytes. */
  body?: unknown;
  headers?: Record<string, string>;
}

export type Client = (call: Call | string) => Promise<Answer>;

/** Somebody without a token. */
export function stranger(db: Db): Client {
  return (call) => send(db, typeof call === 'string' ? { path: call } : call);
}

/** A token for one of the world's people. */
export async function tokenOf(db: Db, handle: string, scopes: Scope[] = ['read', 'write']): Promise<string> {
  const actor = await actorOf(db, handle);
  return (await inTransaction(db, (tx) => createToken(tx, actor, { name: 'essai', scopes }))).token;
}

/** One of the world's people, by token. */
export async function clientOf(db: Db, handle: string, scopes?: Scope[]): Promise<Client> {
  const token = await tokenOf(db, handle, scopes);
  return (call) =>
    send(db, typeof call === 'string' ? { path: call } : call, { authorization: `Bearer ${token}` });
}

async function send(
  db: Db,
  { method = 'GET', path, body, headers }: Call,
  auth: Record<string, string> = {},
) {
  return answerOf(
    await answerApi(requestOf({ method, path, body, headers: { ...auth, ...headers } }), db, nobody),
  );
}

const nobody = () => Promise.resolve(null);

export function requestOf({ method = 'GET', path, body, headers }: Call): Request {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  return new Request(`${ORIGIN}/api/v1${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
  });
}

export async function answerOf(response: Response): Promise<Answer> {
  if (response.headers.get('content-type') === 'text/event-stream') return beginningOf(response);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text !== '' && isJson(response) ? (JSON.parse(text) as unknown) : null,
  };
}

function isJson({ headers }: Response): boolean {
  return /json/.test(headers.get('content-type') ?? '');
}

/** A stream has no end: what it begins with is read, and it is left. */
async function beginningOf({ status, headers, body }: Response): Promise<Answer> {
  const reader = body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return { status, headers, text: new TextDecoder().decode(value), body: null };
}
