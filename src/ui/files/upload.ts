/** A file that has arrived: what it is, and the Markdown that shows it in a text. */
export interface UploadedFile {
  id: string;
  name: string;
  /** Found in its content, as `image/jpeg`. */
  type: string;
  url: string;
  markdown: string;
}

export interface UploadOptions {
  /** From 0 to 1. */
  onProgress?: (done: number) => void;
  /** Gives up: what has arrived is thrown away, unless the reason is `LATER`. */
  signal?: AbortSignal;
}

/** To stop without giving up: chosen again, the file goes on where it was. */
export const LATER = 'later';

/** Why a file was not taken, in a sentence of the server's; empty where the server could not be reached. */
export class UploadRefused extends Error {}

const ADDRESS = '/files/upload';
const PIECE_BYTES = 8 * 1024 * 1024;

/**
 * Sends a file to this network, in pieces: a connection that breaks is taken up again where it broke, by itself, and
 * also when the same file is chosen again later. Throws `UploadRefused`.
 */
export async function uploadFile(file: File, options: UploadOptions = {}): Promise<UploadedFile> {
  const { onProgress, signal } = options;
  signal?.throwIfAborted();
  // Fetched when somebody first attaches something: a page that is only read does not carry it.
  const { Upload, DetailedError } = await import('tus-js-client');
  const address = await new Promise<string>((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: ADDRESS,
      chunkSize: PIECE_BYTES,
      retryDelays: [500, 1_500, 4_000, 10_000, 20_000],
      metadata: { filename: file.name || nameless(file) },
      removeFingerprintOnSuccess: true,
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status === 0 || status === 409 || status === 423 || status === 503;
      },
      onProgress: (sent, all) => onProgress?.(all > 0 ? sent / all : 0),
      onError: (error) =>
        reject(
          new UploadRefused(
            (error instanceof DetailedError && error.originalResponse?.getBody().trim()) || '',
          ),
        ),
      onSuccess: () => resolve(upload.url ?? ''),
    });
    signal?.addEventListener('abort', () => {
      upload.abort(signal.reason !== LATER).catch(() => undefined);
      reject(signal.reason instanceof Error ? signal.reason : new UploadRefused(''));
    });
    void upload.findPreviousUploads().then((found) => {
      if (signal?.aborted) return;
      if (found[0]) upload.resumeFromPreviousUpload(found[0]);
      upload.start();
    });
  });
  const answer = await fetch(address, { signal: signal ?? null }).catch(() => null);
  if (!answer?.ok) throw new UploadRefused('');
  return (await answer.json()) as UploadedFile;
}

/** What is pasted has no name of its own. */
function nameless(file: File): string {
  return `image.${file.type.split('/')[1]?.replace(/\W.*/, '') || 'png'}`;
}
