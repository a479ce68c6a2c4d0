import { ERRORS, MemoryLocker, Server } from '@tus/server';
import type { Actor } from '../actor.ts';
import { invalid, Refusal } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { log } from '../platform/log.ts';
import { newId } from '../platform/new-id.ts';
import { sayReason, STATUS } from '../platform/refusal-words.ts';
import { finishedUpload, finishUpload, OwnUploads } from './resume.ts';
import { largestFile } from './upload.ts';

const UPLOAD_PATH = '/files/upload';

/** Within this process; between processes the row of the upload decides. */
const locker = new MemoryLocker();

/**
 * Answers a request of a resumable upload (tus 1.0) as one person: nobody else's uploads exist for him. A plain GET
 * of an upload's address tells what file it has become.
 */
export async function answerUpload(db: Db, actor: Actor, request: Request, id?: string): Promise<Response> {
  if (request.method === 'GET') return Response.json(await finishedUpload(db, actor, id ?? ''));
  const server = new Server({
    path: UPLOAD_PATH,
    datastore: new OwnUploads(db, actor),
    locker,
    maxSize: largestFile(),
    relativeLocation: true,
    allowedOrigins: () => false,
    namingFunction: newId,
    onUploadCreate: (_, upload) =>
      upload.size === 0 ? Promise.reject(invalid('file', 'file_empty')) : Promise.resolve({}),
    onUploadFinish: async (_, upload) => {
      await finishUpload(db, actor, upload.id);
      return {};
    },
    onResponseError: (_, error) => inWords(error, actor),
  });
  return server.handleWeb(request as Parameters<Server['handleWeb']>[0]);
}

/** A refusal of ours as a sentence. What tus itself refuses keeps its status, by which its clients go. */
function inWords(error: Error | { status_code: number; body: string }, { language }: Actor) {
  const told = isTooLarge(error) ? invalid('file', 'file_too_large') : error;
  if (told instanceof Refusal)
    return {
      status_code: isTooLarge(error) ? 413 : STATUS[told.code],
      body: sayReason(language, told.reason),
    };
  if (!('status_code' in told)) {
    log.error('upload failed', { error });
    return { status_code: 500, body: sayReason(language, 'internal') };
  }
  return undefined;
}

function isTooLarge(error: object): boolean {
  return 'status_code' in error && error.status_code === ERRORS.ERR_MAX_SIZE_EXCEEDED.status_code;
}
