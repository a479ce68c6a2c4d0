import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { calibrated } from './calibrate.ts';
import { areaUnderCurve, bestThreshold, decided, spearman } from './figures.ts';
import { byVectors, jaccard, ours, tfidf, type Judge } from './likenesses.ts';
import { readPairs, type Pair, type PairFile } from './pairs.ts';
import { printFigures, type Figures } from './table.ts';

const HELP = `npm run eval -- twins FILE... [--train FILE] [--json]
  FILE      score<TAB>text a<TAB>text b; the scores are graded, or 0 and 1
  --train   where scores are 0 and 1: the file on which each threshold is set
  --json    the figures as JSON
  --embeddings ADDRESS --model NAME [--key-file FILE] [--allow HOST:PORT]
            also measures a server of vectors (an OpenAI-compatible /embeddings address)
  --calibrate
            also prints the settings that make the product compare by it, its scale set on all the files together`;

/** How well likeness agrees with people who compared texts, beside word overlap and TF-IDF. */
export async function evaluateTwins(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      train: { type: 'string' },
      json: { type: 'boolean', default: false },
      embeddings: { type: 'string' },
      model: { type: 'string', default: 'default' },
      'key-file': { type: 'string' },
      allow: { type: 'string', multiple: true, default: [] },
      calibrate: { type: 'boolean', default: false },
    },
  });
  const { embeddings: address, model, calibrate } = values;
  if (positionals.length === 0 || (calibrate && !address)) throw new Error(HELP);
  const judges: Record<string, Judge> = { ours, jaccard, tfidf };
  if (address) {
    const key = values['key-file'] && readFileSync(values['key-file'], 'utf8').trim();
    judges.vectors = byVectors({
      address,
      model,
      key: key || null,
      allow: values.allow,
    });
  }
  const train = values.train === undefined ? undefined : readPairs(values.train);
  const [given, files]: [PairFile[], Figures[]] = [positionals.map(readPairs), []];
  for (const file of given) {
    files.push(file.binary ? await binary(file, train, judges) : await graded(file, judges));
  }
  const pairs = given.flatMap((file) => file.pairs);
  const scale = calibrate && judges.vectors && calibrated(await ours(pairs), await judges.vectors(pairs));
  if (values.json)
    return console.log(JSON.stringify({ evaluation: 'twins', files, ...(scale && { scale }) }, null, 2));
  files.forEach(printFigures);
  if (!scale) return;
  console.log(`LIKENESS_URL=${address}\nLIKENESS_MODEL=${model}\nLIKENESS_SCALE=${scale.join(',')}`);
}

async function graded(file: PairFile, judges: Record<string, Judge>): Promise<Figures> {
  const scores = file.pairs.map(({ score }) => score);
  const found: Record<string, number> = {};
  for (const [name, judge] of Object.entries(judges)) found[name] = spearman(await judge(file.pairs), scores);
  return { ...headOf(file), kind: 'graded', metrics: { spearman: found } };
}

async function binary(
  file: PairFile,
  train: PairFile | undefined,
  judges: Record<string, Judge>,
): Promise<Figures> {
  if (train && !train.binary) throw new Error(`${train.name}: the scores of a file to train on are 0 and 1`);
  const metrics: Figures['metrics'] = {
    trainF1: {},
    f1: {},
    precision: {},
    recall: {},
    auc: {},
    threshold: {},
  };
  for (const [name, judge] of Object.entries(judges)) {
    const given = await judge(file.pairs);
    const learnt = train ? await judge(train.pairs) : given;
    const threshold = bestThreshold(learnt, alike((train ?? file).pairs));
    const decision = decided(given, alike(file.pairs), threshold);
    const auc = areaUnderCurve(given, alike(file.pairs));
    const trainF1 = decided(learnt, alike((train ?? file).pairs), threshold).f1;
    for (const [metric, value] of Object.entries({ trainF1, ...decision, auc, threshold })) {
      const line = metrics[metric];
      if (line) line[name] = value;
    }
  }
  return { ...headOf(file), kind: '0/1', trainedOn: train?.name ?? 'itself', metrics };
}

function headOf({ name, pairs, skipped }: PairFile) {
  return { file: name, size: pairs.length, skipped };
}

function alike(pairs: readonly Pair[]): boolean[] {
  return pairs.map(({ score }) => score === 1);
}
