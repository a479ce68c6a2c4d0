/** Why a file that the operator named cannot be used, in a sentence. */
import { inWords, OperatorError } from '#env';

/** He wanted it read. */
export function unreadable(file: string, error: unknown): OperatorError {
  const { code } = error as NodeJS.ErrnoException;
  const sentences: Record<string, [string, string]> = {
    ENOENT: [`Il n’y a pas de fichier ${file}.`, `There is no file ${file}.`],
    EISDIR: [`${file} est un dossier : il faut un fichier.`, `${file} is a folder: it takes a file.`],
    EACCES: [`Ce compte n’a pas le droit de lire ${file}.`, `This account may not read ${file}.`],
  };
  const other: [string, string] = [`${file} ne se lit pas (${code}).`, `${file} cannot be read (${code}).`];
  return new OperatorError(inWords(...(sentences[code ?? ''] ?? other)));
}

/** He wanted it made. */
export function unwritable(file: string, error: unknown): OperatorError {
  const { code } = error as NodeJS.ErrnoException;
  const sentences: Record<string, [string, string]> = {
    EEXIST: [`${file} existe déjà : donnez un autre nom.`, `${file} exists already: give another name.`],
    ENOENT: [`Il n’y a pas de dossier où mettre ${file}.`, `There is no folder to put ${file} in.`],
    EACCES: [`Ce compte n’a pas le droit d’écrire ${file}.`, `This account may not write ${file}.`],
    ENOSPC: [`Il n’y a plus de place pour ${file}.`, `There is no space left for ${file}.`],
  };
  const other: [string, string] = [
    `${file} ne peut pas être écrit (${code}).`,
    `${file} cannot be written (${code}).`,
  ];
  return new OperatorError(inWords(...(sentences[code ?? ''] ?? other)));
}
