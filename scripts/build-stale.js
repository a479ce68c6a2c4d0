// Builds the application when its sources are not those of the last build.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compiled, fail, root, runStep, tell } from './runtime.js';

const sources = ['src', 'messages', 'static', 'demo', 'vite.config.ts', 'package.json', 'package-lock.json'];
const stamp = join(root, 'build', '.sources');
const lock = join(root, '.svelte-kit', 'building');

/** Runs `vite build` unless the last build was made from the same sources. */
export async function buildWhenStale(node) {
  if (isFresh(sourcesHash())) return;
  await takeTurn();
  const endTurn = () => rmSync(lock, { force: true });
  process.once('exit', endTurn);
  try {
    // Another process may have built while we waited.
    const hash = sourcesHash();
    if (isFresh(hash)) return;
    tell('Construction de l’application…', 'Building the application…');
    await build(node);
    rmSync(compiled, { recursive: true, force: true, maxRetries: 5 });
    writeFileSync(stamp, hash);
  } finally {
    process.off('exit', endTurn);
    endTurn();
  }
}

async function build(node) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const said = [];
  const options = {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  };
  const { status } = await runStep(node, [vite, 'build', '--logLevel', 'warn'], options, (child) => {
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece));
    // It goes on where we are killed, and nobody may build meanwhile.
    writeFileSync(lock, String(child.pid));
  });
  if (status === 0) return;
  process.stderr.write(Buffer.concat(said));
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
async function takeTurn() {
  mkdirSync(join(root, '.svelte-kit'), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned()) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!told) tell('Une construction est en cours : on l’attend…', 'A build is under way: waiting for it…');
    await pause(200);
  }
}

function isAbandoned() {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    process.kill(pid, 0);
    return isUnburied(pid);
  } catch (error) {
    return error.code !== 'EPERM';
  }
}

/** It has ended, and nobody took notice: a container without an init. */
function isUnburied(pid) {
  if (process.platform !== 'linux' || !pid) return false;
  return /^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
