/**
 * As whom the database runs. PostgreSQL refuses root, so root lends it another account; and since that account may not
 * be able to walk into a private folder (`/root`, `mktemp -d`), it then lends it that one right as well.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inWords, OperatorError } from '#env';

export type Account = { uid: number; gid: number };

/** The account that must run the database, or `null` when it is the one running now. */
export function databaseAccount(cluster: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  return ownerOf(cluster) ?? lentAccount();
}

/** How to run a program as that account: `[program, ...arguments]`. */
export function commandAs(
  account: Account | null,
  command: string[],
  reads: string[],
  dieWithParent = false,
): string[] {
  const needsSearch = account !== null && !reads.every((path) => reachable(path, account));
  const options = [
    ...(account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : []),
    ...(needsSearch ? searchRight() : []),
    ...(dieWithParent ? ['--pdeathsig=INT'] : []),
  ];
  if (options.length === 0) return command;
  if (hasSetpriv()) return ['setpriv', ...options, '--', ...command];
  if (!account) return command;
  throw new OperatorError(
    inWords(
      'PostgreSQL refuse de tourner en root, et setpriv (paquet util-linux) manque : installez-le, lancez Essaim avec un compte ordinaire, ou donnez DATABASE_URL.',
      'PostgreSQL refuses to run as root, and setpriv (package util-linux) is missing: install it, run Essaim as an ordinary account, or set DATABASE_URL.',
    ),
  );
}

function ownerOf(cluster: string): Account | null {
  const found = statSync(cluster, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : null;
}

function lentAccount(): Account {
  const accounts = new Map<string, Account>();
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && Number(uid) > 0) accounts.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  const account = accounts.get('postgres') ?? accounts.get('nobody') ?? accounts.values().next().value;
  if (account) return account;
  throw new OperatorError(
    inWords(
      'PostgreSQL refuse de tourner en root, et /etc/passwd ne connaît aucun autre compte.',
      'PostgreSQL refuses to run as root, and /etc/passwd knows no other account.',
    ),
  );
}

/** Whether plain permission bits let the account read this path and walk to it. */
function reachable(path: string, { uid, gid }: Account): boolean {
  const real = realpathSync(path);
  for (let at = real; ; at = dirname(at)) {
    const found = statSync(at);
    const bits = found.uid === uid ? found.mode >> 6 : found.gid === gid ? found.mode >> 3 : found.mode;
    if (!(bits & (found.isDirectory() ? 0o1 : 0o4))) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * The narrowest right that walks anywhere; containers often withhold it and leave the broader one. The secure bit makes
 * it count for `access(2)` too, by which PostgreSQL finds its own programs.
 */
function searchRight(): string[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  const permitted = BigInt(`0x${/^CapPrm:\s*([\da-f]+)/m.exec(status)?.[1] ?? '0'}`);
  const bounding = BigInt(`0x${/^CapBnd:\s*([\da-f]+)/m.exec(status)?.[1] ?? '0'}`);
  const rights = { dac_read_search: 2n, dac_override: 1n };
  for (const [name, bit] of Object.entries(rights)) {
    if (((permitted & bounding) >> bit) & 1n) {
      return [`--inh-caps=+${name}`, `--ambient-caps=+${name}`, '--securebits=+no_setuid_fixup'];
    }
  }
  throw new OperatorError(
    inWords(
      'PostgreSQL refuse de tourner en root, et un autre compte ne peut pas entrer dans ce dossier : déplacez Essaim, ou lancez-le avec un compte ordinaire.',
      'PostgreSQL refuses to run as root, and no other account can enter this folder: move Essaim, or run it as an ordinary account.',
    ),
  );
}

let setprivFound: boolean | undefined;
function hasSetpriv(): boolean {
  return (setprivFound ??= spawnSync('setpriv', ['--version']).status === 0);
}
