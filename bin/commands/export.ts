import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { env, inWords, OperatorError } from '#env';
import { exportAsHtml } from '#server/export/html.ts';
import { exportAsJson } from '#server/export/json.ts';
import { actorFromEmail } from '#server/people/actor.ts';
import { UsageError, type Context } from '../command.ts';
import { unwritable } from '../unusable-file.ts';

export const name = 'export';
export const summary = inWords(
  'Remet à quelqu’un tout ce qui est à lui.',
  'Hands somebody all that is theirs.',
);
export const usage = inWords(
  `npx essaim export EMAIL FICHIER [--html]

  --html   un livre à lire, au lieu de JSON

Ce que la personne obtiendrait elle-même dans ses réglages. La sauvegarde du réseau entier : npx essaim backup.`,
  `npx essaim export EMAIL FILE [--html]

  --html   a book to read, instead of JSON

What the person would get in the settings. For a copy of the whole network: npx essaim backup.`,
);

/** Writes the file, which is not there yet. */
export async function run(args: string[], { print, withDatabase }: Context): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { html: { type: 'boolean' } },
  });
  const [email, file, ...more] = positionals;
  if (!email || !file || more.length)
    throw new UsageError(
      inWords(
        'Il faut l’adresse d’une personne, puis un fichier.',
        'It takes a person’s address, then a file.',
      ),
    );
  await withDatabase(async (db) => {
    const actor = await actorFromEmail(db, email);
    if (!actor)
      throw new OperatorError(
        inWords(`Personne d’actif n’a l’adresse ${email}.`, `Nobody active has the address ${email}.`),
      );
    const pieces = values.html
      ? exportAsHtml(db, actor, env.ORIGIN ?? `http://localhost:${env.PORT}`)
      : exportAsJson(db, actor);
    await pipeline(Readable.from(pieces), createWriteStream(file, { flags: 'wx', mode: 0o600 })).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.syscall !== 'open') throw error;
        throw unwritable(file, error);
      },
    );
    print(
      inWords(
        `Tout ce qui est à ${actor.name} est dans ${file}.`,
        `All that is ${actor.name}’s is in ${file}.`,
      ),
    );
  });
}
