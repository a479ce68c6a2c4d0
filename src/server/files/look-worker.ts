/**
 * Looks into a document or a recording, in a thread of its own: what somebody brought may be made to keep a reader busy
 * for ever, and a thread can be ended from outside.
 */
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';

/** Width of the picture of a first page. */
const WIDTH = 960;
const TALLEST = 1_800;

export interface Look {
  pages?: number;
  /** The first page as PNG. */
  page?: Uint8Array;
  seconds?: number;
  /** The recording has a picture that moves. */
  moving?: boolean;
}

async function document(path: string): Promise<Look> {
  const { getDocumentProxy, renderPageAsImage } = await import('unpdf');
  const pdf = await getDocumentProxy(new Uint8Array(await readFile(path)), {
    disableFontFace: true,
    stopAtErrors: false,
    verbosity: 0,
  });
  const first = await pdf.getPage(1);
  const { width, height } = first.getViewport({ scale: 1 });
  const scale = Math.min(WIDTH / width, TALLEST / height);
  const page = await renderPageAsImage(pdf, 1, {
    canvasImport: () => import('@napi-rs/canvas'),
    scale,
  }).catch(() => null);
  return { pages: pdf.numPages, ...(page && { page: new Uint8Array(page) }) };
}

async function recording(path: string): Promise<Look> {
  const { parseFile } = await import('music-metadata');
  const { format } = await parseFile(path, { duration: true, skipCovers: true });
  const seconds = format.duration;
  return {
    ...(seconds !== undefined && Number.isFinite(seconds) && { seconds }),
    moving: format.hasVideo === true,
  };
}

const { kind, path } = workerData as { kind: 'pdf' | 'recording'; path: string };
parentPort?.postMessage(await (kind === 'pdf' ? document : recording)(path).catch(() => ({})));
