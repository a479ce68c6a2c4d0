import { inWords } from './environment.ts';

/** What the person who runs Essaim must put right. The command line prints the sentence, without a stack. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}

/** Refuses what a setting says, naming both. */
export function wrong(name: string, value: string, french: string, english: string): never {
  throw new OperatorError(
    inWords(
      `${name} vaut « ${value} » : il faut ${french}.`,
      `${name} is "${value}": it must be ${english}.`,
    ),
  );
}

/** Refuses what a setting says without repeating it: it may hold a password. */
export function wrongSecret(name: string, french: string, english: string): never {
  throw new OperatorError(inWords(`${name} doit ${french}.`, `${name} must ${english}.`));
}

/** Refuses that a setting is missing beside another one. */
export function missing(name: string, beside: string, french: string, english: string): never {
  throw new OperatorError(
    inWords(
      `${name} manque : ${beside} demande ${french}.`,
      `${name} is missing: ${beside} needs ${english}.`,
    ),
  );
}
