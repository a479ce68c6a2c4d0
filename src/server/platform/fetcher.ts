import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import manifest from '../../../package.json' with { type: 'json' };
import { bareHost, isAllowListed, isPublicAddress } from './fetcher-address.ts';
import { readBody } from './fetcher-body.ts';
import { asRefusal, FetchRefused } from './fetcher-refusal.ts';

export { FetchRefused, type FetchRefusalCode } from './fetcher-refusal.ts';

const userAgent = `Essaim/${manifest.version} (+feed reader)`;
const maxRedirects = 5;

export interface FetchOptions {
  /** `host:port` entries that may be reached although private. */
  allow?: readonly string[];
  /** Sent to the first origin only: a redirect elsewhere drops them. */
  headers?: Record<string, string>;
  accept?: string;
  /** From an earlier answer; the server may then answer 304, and `body` is null. */
  etag?: string | null;
  lastModified?: string | null;
  /** Cap on the body after decompression. */
  maxBytes?: number;
  /** Cap on everything: names, connections, redirects, body. */
  totalMs?: number;
  /** Cap on each silence. */
  idleMs?: number;
  signal?: AbortSignal;
  /** Stands in for the system's resolver. */
  lookup?: (hostname: string) => Promise<{ address: string; family: number }[]>;
}

export interface Fetched {
  status: number;
  /** Where the body came from, after redirects. */
  url: string;
  headers: Record<string, string>;
  /** null when the server answered 304. */
  body: Uint8Array | null;
  etag: string | null;
  lastModified: string | null;
  /** The address to keep from now on, when the first redirects were all permanent. */
  movedPermanentlyTo?: string;
  retryAfter?: Date;
}

interface Limits extends Required<
  Pick<FetchOptions, 'allow' | 'maxBytes' | 'totalMs' | 'idleMs' | 'lookup'>
> {
  signal: AbortSignal;
}

/**
 * Fetches an address that a person typed. Only public http and https addresses are reached, checked on the very address
 * that is connected to and again at each redirect; size and time are capped. Anything else throws `FetchRefused`.
 */
export async function fetchGuarded(address: string, options: FetchOptions = {}): Promise<Fetched> {
  return reach(address, options, undefined);
}

/** Sends `body` to an address under the same guard. It goes to that address only: a redirect is refused. */
export async function postGuarded(
  address: string,
  body: Uint8Array,
  options: FetchOptions = {},
): Promise<Fetched> {
  return reach(address, options, body);
}

async function reach(address: string, options: FetchOptions, sent: Uint8Array | undefined): Promise<Fetched> {
  const total = new AbortController();
  const limits: Limits = {
    allow: options.allow ?? [],
    maxBytes: options.maxBytes ?? 10_000_000,
    totalMs: options.totalMs ?? 30_000,
    idleMs: options.idleMs ?? 10_000,
    lookup: options.lookup ?? ((hostname) => systemLookup(hostname, { all: true })),
    signal: options.signal ? AbortSignal.any([total.signal, options.signal]) : total.signal,
  };
  const seconds = Math.ceil(limits.totalMs / 1000);
  const timer = setTimeout(() => {
    total.abort(new FetchRefused('timeout', `No complete answer after ${seconds} s.`));
  }, limits.totalMs);
  const agents: Agent[] = [];
  try {
    return await follow(parse(address), options, limits, agents, sent);
  } finally {
    clearTimeout(timer);
    await Promise.allSettled(agents.map((agent) => agent.destroy()));
  }
}

async function follow(
  start: URL,
  options: FetchOptions,
  limits: Limits,
  agents: Agent[],
  sent: Uint8Array | undefined,
): Promise<Fetched> {
  const seen = new Set<string>();
  let permanent: string | undefined;
  let stillPermanent = true;
  for (let url = start; ;) {
    if (seen.has(url.href)) throw new FetchRefused('redirects', `${start.host} redirects in a circle.`);
    if (seen.size > maxRedirects) {
      throw new FetchRefused('redirects', `${start.host} redirects more than ${maxRedirects} times.`);
    }
    seen.add(url.href);
    try {
      const response = await ask(url, headersFor(url, start, options), limits, agents, sent);
      const next = redirectTarget(response, url);
      if (!next) return await answer(response, url, limits, permanent);
      response.body.on('error', () => {}).destroy();
      if (sent) throw new FetchRefused('redirects', `${start.host} redirects what is sent to it.`);
      stillPermanent &&= response.statusCode === 301 || response.statusCode === 308;
      url = next;
      if (stillPermanent) permanent = url.href;
    } catch (error) {
      throw asRefusal(error, url);
    }
  }
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new FetchRefused('scheme', 'This is not a web address.');
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchRefused('scheme', 'Only addresses in http:// and https:// are fetched.');
  }
  if (url.username || url.password) {
    throw new FetchRefused('address', 'An address with a name or a password inside is not fetched.');
  }
  url.hash = '';
  return url;
}

function headersFor(url: URL, start: URL, options: FetchOptions): Record<string, string> {
  const headers: Record<string, string> = url.origin === start.origin ? { ...options.headers } : {};
  headers['user-agent'] = userAgent;
  headers.accept = options.accept ?? '*/*';
  headers['accept-encoding'] = 'gzip, br';
  if (options.etag) headers['if-none-match'] = options.etag;
  if (options.lastModified) headers['if-modified-since'] = options.lastModified;
  return headers;
}

async function ask(
  url: URL,
  headers: Record<string, string>,
  limits: Limits,
  agents: Agent[],
  sent: Uint8Array | undefined,
) {
  const allowed = isAllowListed(url, limits.allow);
  // An address written in the URL never goes through `lookup`, so it is checked here.
  if (!allowed && isIP(bareHost(url)) && !isPublicAddress(bareHost(url))) throw notPublic(url.hostname);
  const agent = new Agent({
    pipelining: 0,
    allowH2: false,
    connect: { lookup: guardedLookup(limits, allowed), timeout: limits.idleMs },
  });
  agents.push(agent);
  return await request(url, {
    method: sent ? 'POST' : 'GET',
    body: sent ?? null,
    headers,
    dispatcher: agent,
    signal: limits.signal,
    headersTimeout: limits.idleMs,
    bodyTimeout: limits.idleMs,
  });
}

/** What the connection resolves names with: the address that passes the check is the one connected to, no second look-up. */
function guardedLookup(limits: Limits, allowed: boolean): LookupFunction {
  return (hostname, options, callback) => {
    orAborted(limits.lookup(hostname), limits.signal).then(
      (found) => {
        const usable = allowed ? found : found.filter(({ address }) => isPublicAddress(address));
        const [first] = usable;
        if (!first) return callback(notPublic(hostname), '');
        if (options.all) return callback(null, usable);
        callback(null, first.address, first.family);
      },
      (error) => callback(error, ''),
    );
  };
}

/** A resolver cannot be cancelled: the wait for it can. */
function orAborted<T>(wait: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    wait.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function notPublic(hostname: string): FetchRefused {
  return new FetchRefused('address', `${hostname} is not on the public internet, so it is not fetched.`);
}

function redirectTarget(response: Dispatcher.ResponseData, url: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(response.statusCode)) return undefined;
  const location = header(response, 'location');
  return location ? parse(location, url) : undefined;
}

async function answer(
  response: Dispatcher.ResponseData,
  url: URL,
  limits: Limits,
  permanent?: string,
): Promise<Fetched> {
  const status = response.statusCode;
  const retryAfter = retryTime(header(response, 'retry-after'));
  const unchanged = status === 304;
  if (!unchanged && (status < 200 || status > 299)) {
    response.body.on('error', () => {}).destroy();
    throw new FetchRefused('status', `${url.host} answers with status ${status}.`, { status, retryAfter });
  }
  const body = await readBody(response.body, {
    encoding: unchanged ? '' : header(response, 'content-encoding'),
    contentLength: unchanged ? '' : header(response, 'content-length'),
    maxBytes: limits.maxBytes,
    host: url.host,
  });
  return {
    status,
    url: url.href,
    headers: Object.fromEntries(Object.keys(response.headers).map((name) => [name, header(response, name)])),
    body: unchanged ? null : body,
    etag: header(response, 'etag') || null,
    lastModified: header(response, 'last-modified') || null,
    ...(permanent && { movedPermanentlyTo: permanent }),
    ...(retryAfter && { retryAfter }),
  };
}

function header(response: Dispatcher.ResponseData, name: string): string {
  const value = response.headers[name];
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
}

function retryTime(value: string): Date | undefined {
  if (!value) return undefined;
  const at = /^\d+$/.test(value) ? Date.now() + Number(value) * 1000 : Date.parse(value);
  return Number.isFinite(at) && at < 8.64e15 ? new Date(at) : undefined;
}
