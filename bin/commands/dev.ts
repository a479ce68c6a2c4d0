import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { checkEnvironment, env, inWords } from '#env';
import { readyDatabase } from '../database.ts';
import { toldToStop } from '../signals.ts';

export const name = 'dev';
export const summary = inWords(
  'Démarre Essaim en suivant ses sources (pour qui le développe).',
  'Starts Essaim and follows its sources (for those who develop it).',
);
export const usage = 'npx essaim dev [VITE OPTIONS]';

const root = join(import.meta.dirname, '..', '..');

/** Runs Vite on a database of its own until told to stop. */
export async function run(args: string[]): Promise<void> {
  checkEnvironment();
  const stop = toldToStop();
  const database = await readyDatabase(true, (reason) => stop.because(reason));
  const vite = spawn(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'dev', '--port', String(env.PORT), '--strictPort', ...args],
    { cwd: root, stdio: 'inherit' },
  );
  const ended = once(vite, 'exit');
  const reason = await Promise.race([stop.asked, ended.then(() => undefined)]);
  vite.kill();
  await ended;
  await database.stop();
  if (reason) throw reason;
  process.exit(vite.exitCode ?? 0);
}
