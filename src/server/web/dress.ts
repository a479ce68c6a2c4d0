import { compressed } from './compress.ts';

const HEADERS = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=()'],
] as const;

/** The answer as it leaves: with what each of ours says, and compressed where that gains. */
export function dressed(request: Request, response: Response): Promise<Response> {
  const { headers } = response;
  for (const [name, value] of HEADERS) headers.set(name, value);
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
  return compressed(request, response);
}
