import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const squeeze = promisify(gzip);
const WORTH_IT_BYTES = 1_400;
const TEXT = /^(?:text\/(?!event-stream)|application\/(?:[\w.+-]*json|[\w.+-]*xml|javascript))/;

/** The same answer compressed, where the browser takes it and it is text long enough to gain. */
export async function compressed(request: Request, response: Response): Promise<Response> {
  const { headers, status } = response;
  // What is downloaded as a file may be long, and streams.
  if (!response.body || status === 304 || headers.has('content-disposition')) return response;
  if (!TEXT.test(headers.get('content-type') ?? '')) return response;
  headers.append('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) return response;
  const bytes = Buffer.from(await response.arrayBuffer());
  const answered = new Headers(headers);
  answered.delete('content-length');
  if (bytes.length < WORTH_IT_BYTES) return new Response(bytes, { status, headers: answered });
  const zipped = await squeeze(bytes, { level: 5 });
  answered.set('content-encoding', 'gzip');
  return new Response(new Uint8Array(zipped), { status, headers: answered });
}
