// Builds the application when its sources are not those of the last build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, tell } from './runtime.js';

const sources = ['src', 'messages', 'static', 'demo', 'vite.config.ts', 'package.json', 'package-lock.json'];
const stamp = join(root, 'build', '.sources');
const lock = join(root, '.svelte-kit', 'building');

/** Runs `vite build` unless the last build was made from the same sources. */
export function buildWhenStale(node) {
  if (isFresh(sourcesHash())) return;
  takeTurn();
  try {
    // Another process may have built while we waited.
    const hash = sourcesHash();
    if (isFresh(hash)) return;
    tell('Construction de l’application…', 'Building the application…');
    build(node);
    writeFileSync(stamp, hash);
  } finally {
    rmSync(lock, { force: true });
  }
}

function build(node) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stdout, stderr } = spawnSync(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
    maxBuffer: 1 << 28,
  });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  rmSync(lock, { force: true });
  fail(
    'La construction de l’application a échoué : la raison est ci-dessus.',
    'Building the application failed: the reason is above.',
  );
}

function isFresh(hash) {
  return (
    existsSync(join(root, 'build', 'handler.js')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
  );
}

function sourcesHash() {
  const hash = createHash('sha256');
  for (const source of sources) addTo(hash, source);
  return hash.digest('hex');
}

function addTo(hash, path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found || /\.test\.ts$/.test(path)) return;
  if (found.isDirectory())
    for (const name of readdirSync(join(root, path)).sort()) addTo(hash, `${path}/${name}`);
  else hash.update(`${path}\0${found.size}\0`).update(readFileSync(join(root, path)));
}

/** One build at a time in this folder; a killed one does not hold the others. */
function takeTurn() {
  mkdirSync(join(root, '.svelte-kit'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned()) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isAbandoned() {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code !== 'EPERM';
  }
}
