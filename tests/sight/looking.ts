/** Asking, and comparing the answers byte for byte. */
import { Pool, type Dispatcher } from 'undici';
import type { Address } from './addresses.ts';
import type { Cast, Viewer } from './cast.ts';

export interface Answer {
  status: number;
  headers: string;
  body: string;
}

/** What a reader, a browser or a cache goes by. */
const telling = [
  'content-type',
  'location',
  'etag',
  'last-modified',
  'link',
  'vary',
  'cache-control',
  'content-disposition',
];

/** What people type to come here, whichever port the server has. */
export const publicAddress = 'http://essaim.example';
const formType = 'application/x-www-form-urlencoded';

/** One server to ask. */
export class Window {
  readonly #pool: Pool;
  readonly #cast: Cast;

  constructor(origin: string, cast: Cast) {
    this.#pool = new Pool(origin, { connections: 12 });
    this.#cast = cast;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** Asks once as that viewer. Pages know him by his cookie, the API by his token, feeds by the key in the address. */
  async ask(viewer: Viewer, { kind, method, path, body }: Address): Promise<Answer> {
    const known = viewer === 'anonymous' ? undefined : this.#cast[viewer].credentials;
    const byKey = kind === 'feed' && known;
    const response = await this.#pool.request({
      method: method as 'GET',
      path: byKey ? `${path}${path.includes('?') ? '&' : '?'}key=${known.feedKey}` : path,
      headers: {
        'accept-language': 'fr',
        ...(known && kind !== 'api' && kind !== 'feed' ? { cookie: known.cookie } : {}),
        ...(known && kind === 'api' ? { authorization: known.authorization } : {}),
        ...(body === undefined ? {} : { 'content-type': kind === 'form' ? formType : 'application/json' }),
        ...(kind === 'form' ? { origin: publicAddress } : {}),
      },
      body: body ?? null,
    });
    return {
      status: response.statusCode,
      headers: telling.map((name) => `${name}: ${String(response.headers[name] ?? '')}`).join('\n'),
      body: await bodyOf(response),
    };
  }

  /** Asks for all of them, one after the other, as somebody who browses. */
  async askAll(viewer: Viewer, addresses: Address[]): Promise<Map<Address, Answer>> {
    const answers = new Map<Address, Answer>();
    for (const address of addresses) answers.set(address, await this.ask(viewer, address));
    return answers;
  }
}

async function bodyOf({ headers, body }: Dispatcher.ResponseData): Promise<string> {
  if (!String(headers['content-type']).startsWith('text/event-stream')) return body.text();
  // It never ends, and begins alike for all.
  body.destroy();
  return '';
}

/** Where two answers part, in words; undefined where they are the same. */
export function difference(without: Answer, withIt: Answer): string | undefined {
  if (without.status !== withIt.status)
    return `status ${without.status} without it, ${withIt.status} with it`;
  for (const part of ['body', 'headers'] as const) {
    const at = firstDifference(without[part], withIt[part]);
    if (at >= 0)
      return `${part}: …${around(without[part], at)}… without it, …${around(withIt[part], at)}… with it`;
  }
  return undefined;
}

function firstDifference(a: string, b: string): number {
  if (a === b) return -1;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 60), at + 80).replaceAll('\n', '⏎');
}
