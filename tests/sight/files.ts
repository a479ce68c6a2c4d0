/** Files for the stage: made once, because the same bytes are the same wherever they stand. */
import sharp from 'sharp';
import type { Actor } from '#server/actor.ts';
import { addFile, keepContent } from '#server/files/upload.ts';
import type { FileView } from '#server/files/present.ts';
import type { Tx } from '#server/platform/db.ts';
import { secretWord } from './places.ts';

const page = '/Type /Page /MediaBox [0 0 300 200] /Parent 2 0 R';
const document = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << ${page} >> endobj
trailer << /Root 1 0 R /Size 4 >>
%%EOF`;

/** Two pictures and a document of somebody's, named by the secret word. */
export async function secretFiles(
  tx: Tx,
  owner: Actor,
): Promise<{ picture: FileView; cover: FileView; document: FileView }> {
  return {
    picture: await bring(tx, owner, `${secretWord}.png`, await drawn('#a4560a')),
    cover: await bring(tx, owner, `${secretWord}-1.png`, await drawn('#4c6b4f')),
    document: await bring(tx, owner, `${secretWord}.pdf`, Buffer.from(document)),
  };
}

function drawn(background: string): Promise<Buffer> {
  return sharp({ create: { width: 600, height: 400, channels: 3, background } })
    .png()
    .toBuffer();
}

async function bring(tx: Tx, owner: Actor, name: string, content: Uint8Array): Promise<FileView> {
  const stream = (async function* () {
    yield await Promise.resolve(content);
  })();
  return addFile(tx, owner, await keepContent(tx, { name, content: stream }));
}
