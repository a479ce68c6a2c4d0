import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { likeness, prepare } from './likeness.ts';
import { wordsIn } from './words.ts';

const alike = (a: string, b: string) => likeness(prepare(a), prepare(b));

describe('likeness', () => {
  test('says which of two texts is nearer, as a person would', () => {
    const offer = 'Acme baisse de 15 % le prix de sa pompe à chaleur professionnelle';
    const reworded = 'Acme : les pompes à chaleur pour professionnels coûtent 15 % de moins';
    const sameSubject = 'Les pompes à chaleur se vendent mal cet hiver en Allemagne';
    const other = 'Le service de comptabilité déménage au troisième étage';
    expect(alike(offer, reworded)).toBeGreaterThan(alike(offer, sameSubject) + 0.1);
    expect(alike(offer, sameSubject)).toBeGreaterThan(alike(offer, other) + 0.1);
  });

  test('sees through endings, elision, accents and a typing error', () => {
    expect(alike("L'évolution des tarifs", 'Evolutions du tarif')).toBeGreaterThan(0.7);
    expect(alike('concurrence suisse', 'concurence suisse')).toBeGreaterThan(0.6);
  });

  test('figures that differ part two texts', () => {
    const text = 'Le forfait Pro passe à 49 euros par mois';
    expect(alike(text, 'Le forfait Pro passe à 59 euros par mois')).toBeLessThan(
      alike(text, 'Le forfait Pro passe à 49 euros chaque mois'),
    );
  });

  test('is the same both ways round, between 0 and 1, and 1 with itself', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc
        .array(fc.constantFrom('Acme', 'prix', 'le', '49', 'pompe', "l'eau"), { maxLength: 9 })
        .map((w) => w.join(' ')),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        const given = alike(a, b);
        expect(given).toBeGreaterThanOrEqual(0);
        expect(given).toBeLessThanOrEqual(1);
        expect(alike(b, a)).toBeCloseTo(given, 10);
        if (wordsIn(a).length > 0) expect(alike(a, a)).toBeCloseTo(1, 10);
      }),
    );
  });
});

test('a word is what a reader calls one', () => {
  expect(wordsIn("L’offre d'Acme : 1 200,50 € jusqu'au 3 mars, aujourd'hui")).toEqual([
    'offre',
    'acme',
    '1200.50',
    'au',
    '3',
    'mars',
    'aujourd',
    'hui',
  ]);
});
