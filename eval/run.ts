/** npm run eval -- NAME FILE...: how good the product's judgement is, beside what anybody would try first. */
import { evaluateTwins } from './twins.ts';

const EVALUATIONS: Record<string, (args: string[]) => Promise<void>> = {
  twins: evaluateTwins,
};

const [name, ...args] = process.argv.slice(2);
const evaluate = EVALUATIONS[name ?? ''];
if (evaluate) {
  await evaluate(args).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
} else {
  console.error(
    `npm run eval -- NAME FILE...   where NAME is one of: ${Object.keys(EVALUATIONS).join(', ')}`,
  );
  process.exitCode = 1;
}
