import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { onOurScale } from '#server/platform/likeness/scale.ts';
import { startVectorsServer, type VectorsServer } from '../tests/vectors-server.ts';
import { calibrated } from './calibrate.ts';
import { areaUnderCurve, bestThreshold, decided, spearman } from './figures.ts';
import { evaluateTwins } from './twins.ts';

let folder: string;
let vectors: VectorsServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'essaim-eval-'));
  // Vectors of letters: the number of each of a to z.
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(97 + at));
  vectors = await startVectorsServer((text) =>
    letters.map((letter) => text.toLowerCase().split(letter).length - 1),
  );
});
afterAll(async () => {
  await vectors.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => void vi.restoreAllMocks());

test('graded pairs: Spearman of ours and of both baselines, and of plugged-in vectors', async () => {
  const file = write('graded.tsv', [
    "5\tL'offre d'Acme baisse de 15 %\tLes offres Acme baissent de 15 %",
    '3,5\tAcme ouvre une agence à Lyon\tUne agence Acme ouvre en région lyonnaise',
    '2\tAcme ouvre une agence à Lyon\tAcme ferme son agence de Brest',
    '0\tAcme ouvre une agence à Lyon\tLa cantine sert du poisson le vendredi',
    'a line that is no pair',
  ]);
  const [found] = await figures([file, '--embeddings', vectors.address, '--allow', vectors.host]);
  expect(found).toMatchObject({ kind: 'graded', size: 4, skipped: 1 });
  expect(found?.metrics.spearman?.ours).toBe(1);
  expect(Object.keys(found?.metrics.spearman ?? {})).toEqual(['ours', 'jaccard', 'tfidf', 'vectors']);
});

test('pairs of 0 and 1: the threshold is set on the file to train on', async () => {
  const pairs = [
    '1\tLe forfait Pro coûte 49 euros\tLe forfait Pro est à 49 euros',
    '1\tAcme rachète Boulon SA\tBoulon SA racheté par Acme',
    '0\tLe forfait Pro coûte 49 euros\tBoulon SA racheté par Acme',
    '0\tAcme rachète Boulon SA\tLa cantine sert du poisson',
  ];
  const file = write('pairs.tsv', pairs);
  const [found] = await figures([file, '--train', write('train.tsv', pairs)]);
  expect(found).toMatchObject({ kind: '0/1', size: 4 });
  for (const metric of ['trainF1', 'f1', 'precision', 'recall', 'auc'])
    expect(found?.metrics[metric]?.ours).toBe(1);
});

test('calibrated, another likeness keeps its order and passes each threshold as often as ours', () => {
  const ours = Array.from({ length: 1_000 }, (_, at) => ((at * 617) % 1_000) / 1_000);
  // Everything near 1, as some models have it, and in another order than ours.
  const theirs = Array.from({ length: 1_000 }, (_, at) => 0.8 + 0.19 * (((at * 389) % 1_000) / 1_000) ** 2);
  const scale = calibrated(ours, theirs);
  const scaled = theirs.map((value) => onOurScale(value, scale));
  expect(spearman(scaled, theirs)).toBe(1);
  for (const threshold of [0.2, 0.4, 0.6, 0.8]) {
    const [before, after] = [ours, scaled].map(
      (values) => values.filter((value) => value >= threshold).length,
    );
    expect(after).toBe(before);
  }
  expect([onOurScale(0, scale), onOurScale(1, scale)]).toEqual([0, 1]);
  expect(() => calibrated(ours.slice(0, 50), theirs.slice(0, 50))).toThrow('20 pairs');
  expect(() =>
    calibrated(
      ours,
      theirs.map(() => 0.9),
    ),
  ).toThrow('equally near');
});

test('the settings for the product are printed, and a server is needed for it', async () => {
  const words = 'offre client agence pompe tarif vanne'.split(' ');
  const others = 'soleil cantine piscine orage guitare fromage'.split(' ');
  const pairs = Array.from({ length: 300 }, (_, at) => {
    const b = words.map((word, place) => (place < at % 7 ? word : others[(at + place) % 6]));
    return `0\t${words.join(' ')}\t${b.join(' ')}`;
  });
  const file = write('calibrate.tsv', pairs);
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const server = ['--embeddings', vectors.address, '--model', 'letters', '--allow', vectors.host];
  await evaluateTwins([file, ...server, '--calibrate']);
  expect(said.mock.calls.at(-1)?.[0]).toMatch(
    /^LIKENESS_URL=http:.*\/embeddings\nLIKENESS_MODEL=letters\nLIKENESS_SCALE=0\.\d+(,0\.\d+){3}$/,
  );
  await expect(evaluateTwins([file, '--calibrate'])).rejects.toThrow('npm run eval');
});

test('the figures are those of the books', () => {
  expect(spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8208, 4);
  const [given, alike] = [
    [0.9, 0.8, 0.7, 0.6],
    [true, false, true, false],
  ];
  expect(areaUnderCurve(given, alike)).toBe(0.75);
  expect(areaUnderCurve([1, 1, 1, 1], alike)).toBe(0.5);
  expect(bestThreshold(given, alike)).toBe(0.7);
  expect(decided(given, alike, 0.7)).toEqual({ precision: 2 / 3, recall: 1, f1: 0.8 });
});

const french = '../shared/data/twins/sts-fr-dev.tsv';
test.skipIf(!existsSync(french))(
  'French pairs that others judged: 0.70 and clearly above both baselines',
  async () => {
    const [found] = await figures([french]);
    const { ours = 0, jaccard = 1, tfidf = 1 } = found?.metrics.spearman ?? {};
    expect(ours).toBeGreaterThan(0.78);
    expect(ours).toBeGreaterThan(Math.max(jaccard, tfidf) + 0.04);
  },
);

interface Found {
  kind: string;
  size: number;
  metrics: Record<string, Record<string, number>>;
}

async function figures(args: string[]): Promise<Found[]> {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await evaluateTwins([...args, '--json']);
  return (JSON.parse(String(said.mock.calls[0]?.[0])) as { files: Found[] }).files;
}

function write(name: string, lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}
