/** Why a fetch did not happen, or was given up. */
export type FetchRefusalCode =
  'address' | 'scheme' | 'redirects' | 'too_large' | 'timeout' | 'network' | 'status';

/** The one error of the guarded fetcher. `message` is a sentence that can be shown to the person who typed the address. */
export class FetchRefused extends Error {
  readonly code: FetchRefusalCode;
  /** With code `status`: the status that the server answered. */
  readonly status?: number;
  /** With code `status`: when the server asked us to come back. */
  readonly retryAfter?: Date;

  constructor(
    code: FetchRefusalCode,
    message: string,
    more: { cause?: unknown; status?: number; retryAfter?: Date } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'FetchRefused';
    this.code = code;
    if (more.status !== undefined) this.status = more.status;
    if (more.retryAfter) this.retryAfter = more.retryAfter;
  }
}

/** Whatever the network layers threw, as a `FetchRefused`; one of ours that travelled through them comes back itself. */
export function asRefusal(error: unknown, url: URL): FetchRefused {
  const ours = refusalInside(error, 0);
  if (ours) return ours;
  const code = (error as { code?: string } | null)?.code ?? '';
  if (/TIMEOUT|TIMEDOUT/.test(code)) {
    return new FetchRefused('timeout', `${url.host} took too long to answer.`, { cause: error });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') {
    return new FetchRefused('network', `The name ${url.hostname} is not known.`, { cause: error });
  }
  if (code === 'ECONNREFUSED') {
    return new FetchRefused('network', `${url.host} refuses connections.`, { cause: error });
  }
  const detail = code ? ` (${code})` : '';
  return new FetchRefused('network', `The exchange with ${url.host} failed${detail}.`, { cause: error });
}

function refusalInside(error: unknown, depth: number): FetchRefused | undefined {
  if (error instanceof FetchRefused) return error;
  if (!(error instanceof Error) || depth > 5) return undefined;
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  for (const each of inner) {
    const found = refusalInside(each, depth + 1);
    if (found) return found;
  }
  return undefined;
}
