import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { run, runNode, type Ended } from './command.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The browser the journeys run in: one of the system, or Playwright's own. Undefined where there is none. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...places, chromium.executablePath()].find(isProgram);
}

/** Makes sure that there is one: Debian's where apt can install it, else Playwright's own. */
export async function installChromium(): Promise<Ended> {
  if (findChromium()) return { ok: true, output: '' };
  let output = '';
  if (process.getuid?.() === 0 && folderHas('apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      output += (await run('apt-get', args, { minutes: 6, env })).output;
    }
    if (findChromium()) return { ok: true, output };
  }
  const own = await runNode('node_modules/playwright-core/cli.js', ['install', 'chromium'], { minutes: 6 });
  return { ok: findChromium() !== undefined, output: output + own.output };
}

function folderHas(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => isProgram(join(folder, program)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
