/** Speaks to the built server as somebody, or as nobody, without a browser's manners. */
import { afterAll } from 'vitest';
import { startBuilt } from '../built-server.ts';
import { credentialsOf } from '../credentials.ts';
import { testDatabase } from '../database.ts';

export interface Answered {
  status: number;
  type: string;
  text: string;
}

/** A server on a copy of the world, and ways to ask it as `handle`. */
export async function clientAs(handle: string) {
  const { db, url } = await testDatabase();
  const { cookie, authorization } = await credentialsOf(db, handle);
  const server = await startBuilt(url);
  afterAll(server.stop);

  const ask = async (path: string, init: RequestInit = {}): Promise<Answered> => {
    const response = await fetch(server.origin + path, { redirect: 'manual', ...init });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    };
  };
  return {
    ...{ db, origin: server.origin, output: server.output },
    page: (path: string, init: RequestInit = {}) =>
      ask(path, { ...init, headers: { cookie, ...init.headers } }),
    /** Posts a form as a page of ours would. */
    form: (path: string, body: BodyInit, headers: HeadersInit = {}) =>
      ask(path, { method: 'POST', body, headers: { cookie, origin: server.origin, ...headers } }),
    api: (method: string, path: string, body?: unknown) =>
      ask(`/api/v1${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    raw: (method: string, path: string, body: BodyInit, headers: HeadersInit = {}) =>
      ask(`/api/v1${path}`, {
        method,
        body,
        headers: { authorization, 'content-type': 'application/json', ...headers },
      }),
  };
}

/** Neither a fault of ours, nor a connection cut short. */
export function isClear({ status }: Answered): boolean {
  return status >= 200 && status < 500;
}

/** What the form of a profile asks for besides. */
export const settled = { handle: 'helene.dargent', language: 'fr', timeZone: 'Europe/Paris' };
