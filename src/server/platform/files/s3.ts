import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { S3mini } from 's3mini';
import type { FileStorage } from './storage.ts';

const BYTES = 'application/octet-stream';

/**
 * Keeps files in an S3 bucket: `https://KEY:SECRET@host/bucket?region=…`. The address is the operator's own
 * configuration, like that of the database, and no person's: the guarded fetcher has no part in it.
 */
export function s3Storage(address: string): FileStorage {
  const url = new URL(address);
  const s3 = new S3mini({
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    endpoint: url.origin + url.pathname,
    region: url.searchParams.get('region') ?? 'auto',
  });
  return {
    async put(key, path) {
      await s3.putObject(key, await openAsBlob(path), BYTES);
      await rm(path, { force: true });
    },
    async has(key) {
      return (await s3.objectExists(key)) === true;
    },
    async read(key, range) {
      if (!range) return (await s3.getObjectResponse(key))?.body ?? null;
      if (!(await s3.objectExists(key))) return null;
      // Its end is the first byte that is not wanted.
      return (await s3.getObjectRaw(key, false, range.from, range.to + 1)).body;
    },
    async remove(key) {
      await s3.deleteObject(key);
    },
  };
}
