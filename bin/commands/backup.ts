import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { inWords } from '#env';
import { takeBackup, type Taken } from '#server/backup/take.ts';
import { fileStorage } from '#server/platform/files/storage.ts';
import { UsageError, type Context } from '../command.ts';
import { unwritable } from '../unusable-file.ts';

export const name = 'backup';
export const summary = inWords('Sauvegarde tout le réseau.', 'Backs up the whole network.');
export const usage = inWords(
  `npx essaim backup FICHIER

Un seul fichier (tar) : la base telle qu’elle est à un instant, et les fichiers des gens. Le réseau peut tourner
pendant ce temps. Il contient tout, jusqu’aux empreintes des mots de passe : gardez-le comme vous gardez la base.
npx essaim restore le remet en place.`,
  `npx essaim backup FILE

One file (tar): the database as it is at one moment, and people's files. The network may run meanwhile. It holds
everything, down to the hashes of passwords: keep it as you keep the database. npx essaim restore puts it back.`,
);

/** Writes beside, and gives the name once all is on the disk: a file of that name is whole. */
export async function run(args: string[], { print, withDatabase }: Context): Promise<void> {
  const [name, ...more] = parseArgs({ args, allowPositionals: true }).positionals;
  if (!name || more.length)
    throw new UsageError(inWords('Il faut le nom d’un fichier.', 'The name of a file is needed.'));
  const file = resolve(name);
  const draft = `${file}.part`;
  await refuseTaken(file);
  try {
    const taken = await withDatabase((_, url) => write(url, draft, file));
    await rename(draft, file);
    tell(taken, print);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function write(url: string, draft: string, file: string): Promise<Taken> {
  const out = createWriteStream(draft, { flags: 'w', mode: 0o600, flush: true });
  const done = finished(out);
  try {
    const [taken] = await Promise.all([takeBackup(url, fileStorage(), out).finally(() => out.end()), done]);
    return taken;
  } catch (error) {
    const { syscall = '' } = error as NodeJS.ErrnoException;
    throw ['open', 'write', 'fsync'].includes(syscall) ? unwritable(file, error) : error;
  }
}

/** A backup is never written over another. */
async function refuseTaken(file: string): Promise<void> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return;
  await handle.close();
  throw unwritable(file, { code: 'EEXIST' });
}

function tell({ tables, files, missing }: Taken, print: Context['print']): void {
  print(inWords(`${tables} tables, ${files} fichiers.`, `${tables} tables, ${files} files.`));
  if (missing.length === 0) return;
  print(
    inWords(
      `! ${missing.length} fichiers que la base nomme manquaient déjà : ${missing.slice(0, 5).join(', ')}`,
      `! ${missing.length} files that the database names were missing already: ${missing.slice(0, 5).join(', ')}`,
    ),
  );
}
