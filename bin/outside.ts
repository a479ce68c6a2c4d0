/** What Essaim leans on elsewhere, tried as it would be used: the mail server, and the bucket of files. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, inWords } from '#env';
import { fileStorage } from '#server/platform/files/storage.ts';
import { tryPost } from '#server/platform/mail.ts';
import type { Fault } from './health.ts';

/** What a mail would meet at `SMTP_URL`. Nothing is sent. */
export async function mailFault(): Promise<Fault> {
  const url = env.SMTP_URL;
  if (!url) return null;
  const { host } = new URL(url);
  return tryPost(url).then(
    () => null,
    (error: Error) => `SMTP_URL: ${mailSentence(error, host)}`,
  );
}

function mailSentence(error: Error, host: string): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EAUTH')
    return inWords(
      `${host} refuse ce nom ou ce mot de passe (dans l’adresse, @ s’écrit %40, # %23, / %2F, % %25) : ${error.message}`,
      `${host} refuses this name or password (in the address, @ is written %40, # %23, / %2F, % %25): ${error.message}`,
    );
  if (/certificate|altname/i.test(error.message))
    return inWords(
      `le certificat de ${host} n’est pas reconnu : mettez le nom qu’il porte, ou donnez à NODE_EXTRA_CA_CERTS le fichier de son autorité (${error.message})`,
      `the certificate of ${host} is not trusted: use the name that it bears, or give NODE_EXTRA_CA_CERTS the file of its authority (${error.message})`,
    );
  if (/wrong version number/i.test(error.message))
    return inWords(
      `${host} ne parle pas TLS dès l’abord : écrivez smtp:// au lieu de smtps://`,
      `${host} does not speak TLS from the beginning: write smtp:// in place of smtps://`,
    );
  return inWords(
    `${host} ne prend pas de courriel, ils attendent ici : ${error.message}`,
    `${host} takes no mail, they wait here: ${error.message}`,
  );
}

/** What a file would meet in the bucket of `FILES_S3_URL`: a small one is put there and taken away again. */
export async function filesFault(): Promise<Fault> {
  const url = env.FILES_S3_URL;
  if (!url) return null;
  const { host, pathname } = new URL(url);
  return tryBucket().then(
    () => null,
    (error: Error) =>
      inWords(
        `FILES_S3_URL : le seau ${pathname.slice(1)} de ${host} ne prend pas de fichier, vérifiez la clé, son secret, le seau et la région : ${reasonOf(error)}`,
        `FILES_S3_URL: the bucket ${pathname.slice(1)} of ${host} takes no file, check the key, its secret, the bucket and the region: ${reasonOf(error)}`,
      ),
  );
}

function reasonOf({ message, cause }: Error): string {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ? `${message}, ${code}` : message;
}

async function tryBucket(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'essaim-doctor-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, 'Essaim');
    const key = `doctor/${randomUUID()}`;
    await fileStorage().put(key, path);
    await fileStorage().remove(key);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
