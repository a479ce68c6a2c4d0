/** What a command of the command line is. Each is a file of `commands/`, named like its first word. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inWords } from '#env';
import type { Db } from '#server/platform/db.ts';

export interface Command {
  /** The word one types. */
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` prints under the summary: the forms of the command, and its options. */
  usage: string;
  run(args: string[], context: Context): Promise<void>;
}

export interface Context {
  /** Prints a line of the answer. */
  print(line: string): void;
  /**
   * Lends a migrated database for the time of `use`: the one of DATABASE_URL, else the embedded one, which is joined
   * when it runs and started for that time when it does not.
   */
  withDatabase<T>(use: (db: Db, url: string) => Promise<T>): Promise<T>;
}

/** The command was called wrongly: the sentence is followed by how to call it. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const folder = join(import.meta.dirname, 'commands');

/** Every command, by name. */
export async function allCommands(): Promise<Command[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return Promise.all(files.sort().map((file) => import(join(folder, file)) as Promise<Command>));
}

/** The command of that name. */
export async function commandNamed(name: string): Promise<Command> {
  if (/^[a-z][a-z-]*$/.test(name) && readdirSync(folder).includes(`${name}.ts`)) {
    return (await import(join(folder, `${name}.ts`))) as Command;
  }
  throw new UsageError(inWords(`Il n’y a pas de commande « ${name} ».`, `There is no command "${name}".`));
}
