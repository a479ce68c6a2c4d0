/** What `npm test` and `npm run check` run once everything is installed: each stage with its time, then the sum. */
import { endAll } from './command.ts';
import { checks, tests, type Score, type Stage } from './stages.ts';

const groups = process.argv.includes('--checks') ? checks : [...checks, ...tests];
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);

// A signal, or the end of the process that started us.
for (const end of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
  process.once(end, () => {
    endAll();
    process.exit(1);
  });
}

let passed = 0;
let failed = 0;
for (const group of groups) {
  const waiting = group.filter(({ name }) => !only || name.includes(only));
  // Two at a time, as CI has two processors.
  await Promise.all([performAll(waiting), performAll(waiting)]);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function performAll(waiting: Stage[]): Promise<void> {
  for (let stage = waiting.shift(); stage; stage = waiting.shift()) {
    const score = await perform(stage);
    passed += score.passed;
    failed += score.failed;
  }
}

async function perform({ name, run }: Stage): Promise<Score> {
  console.log(`${name} ...`);
  const started = performance.now();
  const score: Score = await run().catch((error: unknown) => ({
    passed: 0,
    failed: 1,
    output: String(error),
  }));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const failed = score.failed ? `${score.failed} FAILED, ` : '';
  console.log(`${name}: ${failed}${score.passed} passed (${seconds} s)`);
  for (const name of score.leftOut ?? []) console.log(`  left out, its data is not here: ${name}`);
  if (score.failed) console.log(score.output);
  return score;
}
