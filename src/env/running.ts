/** What this process does, tells, and may reach. */
import { list, read } from './environment.ts';
import { wrong } from './wrong.ts';

const roles = ['web', 'worker'] as const;
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type Role = (typeof roles)[number];
export type LogLevel = (typeof logLevels)[number];

export const running = {
  /** What this process does; everything when unset. */
  ROLES(): ReadonlySet<Role> {
    const names = list('ROLES');
    for (const name of names) {
      if (!(roles as readonly string[]).includes(name))
        wrong('ROLES', name, 'une liste parmi web,worker', 'a list among web,worker');
    }
    return new Set(names.length ? (names as Role[]) : roles);
  },

  LOG_LEVEL(): LogLevel {
    const value = read('LOG_LEVEL')?.toLowerCase() ?? 'info';
    if (!(logLevels as readonly string[]).includes(value)) {
      wrong('LOG_LEVEL', value, `un mot parmi ${logLevels.join(', ')}`, `one of ${logLevels.join(', ')}`);
    }
    return value as LogLevel;
  },

  /** `host:port` pairs that the guarded fetcher may reach although they are private. */
  FETCH_ALLOW(): string[] {
    const pairs = list('FETCH_ALLOW');
    for (const pair of pairs) {
      if (!/^(\[[\da-f:]+\]|[^\s:/]+):\d{1,5}$/i.test(pair)) {
        wrong('FETCH_ALLOW', pair, 'une liste de machine:port', 'a list of host:port');
      }
    }
    return pairs.map((pair) => pair.toLowerCase());
  },
};
