import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installChromium } from './chromium.ts';
import { runNode, type Ended } from './command.ts';
import { schemaUpToDate } from './schema.ts';

/** How a stage went. One that could not run has failed. */
export interface Score {
  passed: number;
  failed: number;
  output: string;
  /** Tests that could not run here, by name: the outside data they need is not part of the project. */
  leftOut?: string[];
}

export interface Stage {
  name: string;
  run: () => Promise<Score>;
}

const inPackages = (path: string) => join('node_modules', path);

/** What can be said of the code without running it, in groups that wait for each other. */
export const checks: Stage[][] = [
  // It writes the settings of TypeScript that the others read.
  [{ name: 'routes are read', run: () => one(runNode(inPackages('@sveltejs/kit/svelte-kit.js'), ['sync'])) }],
  [
    // The longest begin first, so that both cores end together.
    { name: 'types', run: () => one(checkTypes()) },
    {
      name: 'lint',
      run: () => one(runNode(inPackages('eslint/bin/eslint.js'), ['.', '--max-warnings', '0'])),
    },
    { name: 'format', run: () => one(runNode(inPackages('prettier/bin/prettier.cjs'), ['--check', '.'])) },
    // What is awaited or not changes what a transaction holds: only the types can tell. Its settings: .oxlintrc.json.
    {
      name: 'promises',
      run: () => one(runNode(inPackages('oxlint/bin/oxlint'), ['--deny-warnings'])),
    },
    { name: 'dead code', run: () => one(runNode(inPackages('knip/bin/knip.js'), ['--no-progress'])) },
    // It stands in other surroundings than everything else: its types are a project of their own.
    {
      name: 'types of the service worker',
      run: () => one(runNode(inPackages('typescript/bin/tsc'), ['-p', 'src/service-worker'])),
    },
    { name: 'types of the tables are those of the migrations', run: () => one(schemaUpToDate()) },
  ],
];

/** What shows only when it runs, from the smallest part to the whole, in groups that wait for each other. */
export const tests: Stage[][] = [
  [
    { name: 'units, domain, architecture, API', run: () => vitest('vitest.config.ts', []) },
    { name: 'a browser to test in', run: () => one(installChromium()) },
  ],
  [{ name: 'build', run: () => one(runNode(inPackages('vite/bin/vite.js'), ['build'])) }],
  [
    // One long file and many short ones: together they keep both cores at work.
    { name: 'sight and hostile input', run: () => built('sight', 'hostile') },
    // It waits for the disk most of the time.
    { name: 'durability', run: () => built('durability') },
  ],
  [{ name: 'journeys and accessibility', run: () => built('browser') }],
];

function built(...folders: string[]): Promise<Score> {
  return vitest(
    'vitest.built.config.ts',
    folders.map((folder) => `tests/${folder}/`),
  );
}

function checkTypes(): Promise<Ended> {
  return runNode(inPackages('svelte-check/bin/svelte-check'), ['--output', 'human', '--fail-on-warnings']);
}

async function one(work: Promise<Ended>): Promise<Score> {
  const { ok, output } = await work;
  return ok ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

/** What was left out is told by name: nothing may hide here. */
async function vitest(config: string, paths: string[]): Promise<Score> {
  const folder = mkdtempSync(join(tmpdir(), 'essaim-report-'));
  const file = join(folder, 'report.json');
  try {
    const args = [
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ];
    const { ok, output } = await runNode(inPackages('vitest/vitest.mjs'), [...args, ...paths], {
      minutes: 40,
    });
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
    const { numPassedTests: passed, numFailedTests: failed } = report;
    // A file that does not even load fails no test.
    return { passed, failed: ok ? failed : Math.max(1, failed), output, leftOut: leftOutOf(report) };
  } catch (error) {
    return { passed: 0, failed: 1, output: String(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function leftOutOf({ testResults }: VitestReport): string[] {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return tests
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => fullName);
}
