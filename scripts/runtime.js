// What the first steps share. They run on whatever Node the machine has, before anything is installed: plain
// JavaScript, no dependency.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of Essaim. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where Node keeps what it has compiled: a start costs the processor a sixth less. Of the last build only. */
export const compiled = join(root, 'node_modules', '.cache', 'essaim');

/** The first Node that runs the TypeScript of Essaim by itself. */
const enough = 24;

/** The sentence in the language of the terminal: French when its locale is, else English. */
function inWords(french, english) {
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  return locale.toLowerCase().startsWith('fr') ? french : english;
}

/** Tells what goes on, in one line. */
export function tell(french, english) {
  process.stdout.write(`${inWords(french, english)}\n`);
}

/** Ends the program with one sentence. */
export function fail(french, english, code = 1) {
  process.stderr.write(`${inWords(french, english)}\n`);
  process.exit(code);
}

/** The Node that runs Essaim: the one npm installed with it, else this one when it is recent enough. */
export function modernNode() {
  const installed = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(installed) && spawnSync(installed, ['--version']).status === 0) return installed;
  if (majorVersion() >= enough) return process.execPath;
  return fail(
    `Essaim demande Node ${enough} ou plus récent ; cette machine (${process.platform} ${process.arch}) a Node ${process.versions.node}.`,
    `Essaim needs Node ${enough} or newer; this machine (${process.platform} ${process.arch}) has Node ${process.versions.node}.`,
  );
}

/** Whether the Node that runs this can run Essaim itself. */
export function isModern() {
  return majorVersion() >= enough;
}

/** How the process that serves is run, so that it takes little memory (decision 0027) and starts soon. */
export function serving() {
  const { flags, environment } = JSON.parse(readFileSync(join(root, 'scripts', 'serving.json'), 'utf8'));
  return { flags, environment: { NODE_COMPILE_CACHE: compiled, ...environment } };
}

const ends = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Runs a step to its end, and gives `{ status }`, or the `error` that kept it from beginning. Who tells us to end
 * meanwhile tells the step: we end once it has. `begun` hears its number.
 */
export function runStep(program, args, options, begun) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, ...options });
    let told;
    const tellIt = (signal) => child.kill((told = signal));
    for (const signal of ends) process.on(signal, tellIt);
    const over = (result) => {
      for (const signal of ends) process.off(signal, tellIt);
      if (told) process.exit(128 + constants.signals[told]);
      resolve(result);
    };
    child.once('error', (error) => over({ status: null, error }));
    child.once('close', (status) => over({ status }));
    begun?.(child);
  });
}

/**
 * Runs a program of Essaim in this one's place: same terminal, signals passed on, same end. The program learns of our
 * death through the channel between us, however we die.
 */
export function runInPlace(node, args, environment = {}) {
  const child = spawn(node, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...environment, ...process.env },
  });
  for (const signal of ends) process.on(signal, () => child.kill(signal));
  endWithNpm(() => child.disconnect());
  child.on('error', (error) => fail(error.message, error.message));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** Npm starts us through a shell and does not end us when it is killed: we notice that our elders changed. */
function endWithNpm(end) {
  if (!process.env.npm_lifecycle_event || process.platform !== 'linux') return;
  const elders = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const born = elders();
  const timer = setInterval(() => {
    if (elders() === born) return;
    clearInterval(timer);
    end();
  }, 1000);
  timer.unref();
}

function parentOf(pid) {
  try {
    const [, comm = '', ppid] =
      /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    // Only a shell between npm and us: what is above npm may come and go.
    return /^(ba|da|a|z)?sh$/.test(comm) ? ppid : '';
  } catch {
    return 'gone';
  }
}

function majorVersion() {
  return Number(process.versions.node.split('.')[0]);
}
