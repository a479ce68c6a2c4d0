/** `node tests/durability/run.ts [--rounds 30] [--program essaim|plain] [--seed N]`: ends with 0 when nothing was lost. */
import { parseArgs } from 'node:util';
import { trial } from './trial.ts';
import { programs, type Program } from './victim.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    program: { type: 'string', default: 'essaim' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
if (!(values.program in programs)) throw new Error(`--program is one of ${Object.keys(programs).join(', ')}`);

const outcome = await trial({
  program: values.program as Program,
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  tell: console.log,
});
const { acknowledged, repeated, lost, doubled, wrong, recoveries } = outcome;
const slowest = Math.round(Math.max(...recoveries));
console.log(
  `seed ${values.seed}: ${acknowledged} writes acknowledged (${repeated} sent again), ${lost.length} lost, ` +
    `${doubled.length} doubled, ${wrong.length} wrong answers, slowest recovery ${slowest} ms`,
);
for (const line of [...lost, ...doubled, ...wrong].slice(0, 20)) console.log(line);
process.exit(lost.length || doubled.length || wrong.length || slowest > 10_000 ? 1 : 0);
