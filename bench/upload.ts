import { randomFillSync } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const BYTES = 60_000_000;
const ROUNDS = 3;
const PIECE = 1_000_000;

export interface UploadRates {
  /** Megabytes a second, from the client's first byte to the answer. */
  ours: number;
  /** The same bytes written and flushed to the same disk. */
  disk: number;
}

/** How fast a file comes in and is kept, beside writing it to the bare disk; in turn, and the middle of three. */
export async function measureUpload(
  port: number,
  authorization: string,
  folder: string,
): Promise<UploadRates> {
  const content = Buffer.alloc(BYTES);
  const ours: number[] = [];
  const disk: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Other bytes each time: those that are there already would not be written again.
    randomFillSync(content);
    disk.push(await rate(() => writeBare(content, folder)));
    ours.push(await rate(() => send(content, port, authorization)));
  }
  return { ours: middle(ours), disk: middle(disk) };
}

async function rate(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return BYTES / 1_000 / (performance.now() - began);
}

async function writeBare(content: Buffer, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'bare');
  const file = await open(path, 'w');
  for (let at = 0; at < content.length; at += PIECE) await file.write(content.subarray(at, at + PIECE));
  await file.sync();
  await file.close();
  await rm(path);
}

async function send(content: Buffer, port: number, authorization: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/files?name=bench.bin`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(content),
  });
  if (answer.status !== 201) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
  await answer.body?.cancel();
}

function middle(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
