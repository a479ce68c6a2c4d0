/** How a program of the database is run: as the right account, able to read its parts, and knowing nothing of ours. */
import { join } from 'node:path';
import { commandAs } from './account.ts';
import type { Place } from './place.ts';

/** No secret of ours and no `PG*` setting reaches the database's programs. */
export const programEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
};

/** The command and its arguments; `tied` ends the program with the process that started it. */
export function programCommand(
  place: Place,
  program: string,
  args: string[],
  tied = false,
): [string, string[]] {
  const { programs, dataDir, account } = place;
  const reads = [join(programs, 'share/postgresql/postgres.bki'), join(programs, 'lib/libpq.so.5'), dataDir];
  const [command = '', ...rest] = commandAs(account, [join(programs, 'bin', program), ...args], reads, tied);
  return [command, rest];
}
