import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inWords } from '#env';
import { restoreBackup } from '#server/backup/restore.ts';
import { fileStorage } from '#server/platform/files/storage.ts';
import { UsageError, type Context } from '../command.ts';
import { withBareDatabase } from '../database.ts';
import { unreadable } from '../unusable-file.ts';

export const name = 'restore';
export const summary = inWords('Remet une sauvegarde en place.', 'Puts a backup back.');
export const usage = inWords(
  `npx essaim restore FICHIER

Dans un dossier de données (DATA_DIR) ou une base (DATABASE_URL) vides : un réseau qui vit n’est pas touché. Une
sauvegarde plus ancienne est amenée à cette version. Tout revient, ou rien. Puis : npm start.`,
  `npx essaim restore FILE

Into an empty data folder (DATA_DIR) or database (DATABASE_URL): a network that lives is not touched. An older backup
is brought to this version. All comes back, or nothing. Then: npm start.`,
);

const migrations = join(import.meta.dirname, '..', '..', 'migrations');

/** Reads the file and fills the empty place. */
export async function run(args: string[], { print }: Context): Promise<void> {
  const [file, ...more] = parseArgs({ args, allowPositionals: true }).positionals;
  if (!file || more.length)
    throw new UsageError(inWords('Il faut le nom d’un fichier.', 'The name of a file is needed.'));
  await refuseUnreadable(file);
  const { madeAt, files } = await withBareDatabase((url) =>
    restoreBackup(url, fileStorage(), createReadStream(file) as AsyncIterable<Buffer>, migrations),
  );
  print(
    inWords(
      `Le réseau est revenu tel qu’il était le ${madeAt}, avec ${files} fichiers. Démarrez-le : npm start.`,
      `The network is back as it was on ${madeAt}, with ${files} files. Start it: npm start.`,
    ),
  );
}

async function refuseUnreadable(file: string): Promise<void> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
  const folder = (await handle.stat()).isDirectory();
  await handle.close();
  if (folder) throw unreadable(file, { code: 'EISDIR' });
}
