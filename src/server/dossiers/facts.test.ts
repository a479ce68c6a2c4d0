import { describe, expect, test } from 'vitest';
import { contradictions, statementsIn } from './facts.ts';

const against = (...texts: string[]) => {
  const said = texts.flatMap((text, by) => statementsIn(text).map((statement) => ({ ...statement, by })));
  return contradictions(said, (a, b) => a.by === b.by).map(({ kind, statements }) => [
    kind,
    ...statements.map(({ shown }) => shown.join(' ')),
  ]);
};

describe('contradictions', () => {
  test('two prices for the same thing', () => {
    expect(
      against(
        'Bonjour. Le forfait Pro de Norvalt coûte 49 € par mois.',
        'Le forfait Pro de Norvalt coûte 59 euros par mois !',
      ),
    ).toEqual([['price', '49 €', '59 euros']]);
  });

  test('two days for the same thing', () => {
    expect(
      against(
        'La pompe Delta sort le 12 mars 2027.',
        'La pompe Delta sort le 02/04/2027',
        'La pompe Delta sort en mars 2027',
      ),
    ).toEqual([['date', '12 mars 2027', '02/04/2027']]);
  });

  test('the same value written in another way is none', () => {
    expect(against('Le contrat Hydralis vaut 1 200 000 €.', 'Le contrat Hydralis vaut 1,2 M€.')).toEqual([]);
    expect(against('La pompe Delta sort le 12 mars 2027.', 'La pompe Delta sort le 2027-03-12.')).toEqual([]);
    expect(against('Un kit coûte 1.500 euros.', 'Un kit coûte 1500 €.')).toEqual([]);
  });

  test('neither are two things, nor two sentences of the same person', () => {
    expect(against('Le forfait Pro coûte 49 €.', 'La livraison en Suisse est facturée 12 €.')).toEqual([]);
    expect(against('Le forfait Pro coûte 49 € en mars. Le forfait Pro coûte 59 € en avril.')).toEqual([]);
  });

  test('no price, no day: nothing said', () => {
    expect(statementsIn('Mai, qui sait, sur Mars. En 2027 nous serons 49.')).toEqual([]);
    expect(statementsIn('9'.repeat(30_000))).toEqual([]);
  });
});

test('nothing but figures costs no more than its length', () => {
  const text = `${'7'.repeat(299)}.\n`.repeat(60);
  const before = process.cpuUsage();
  for (let times = 0; times < 60; times += 1) expect(statementsIn(text)).toEqual([]);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(250);
});
