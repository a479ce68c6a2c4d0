import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../platform/likeness/fingerprint.ts';
import { gainOf, holdings, merge, nothing, thingsOf, without, type Find, type Holdings } from './merge.ts';

const story =
  'Le groupe paie comptant, garde la marque pendant deux ans et promet de ne fermer aucune agence avant la fin de ' +
  'l’exercice ; les syndicats demandent à voir les comptes, et le maire rappelle que le terrain est à la ville.';
const texts = [
  `Norvalt rachète le distributeur Hydralis à Grenoble et reprend ses quarante salariés dès le premier mars. ${story}`,
  `Norvalt rachète le distributeur Hydralis à Grenoble et reprend ses quarante salariés dès le premier avril. ${story}`,
  'Le salon des pompes de Lyon ouvre ses portes avec deux cents exposants venus de toute l’Europe cette année encore',
  'trop court',
];
const prints = texts.map(fingerprintOf);

const find = fc.record({
  number: fc.nat(40),
  kind: fc.constantFrom('note' as const, 'clip' as const),
  finderId: fc.constantFrom('helene', 'thomas', 'nadia'),
  foundAt: fc.nat(5),
  page: fc.nat(8),
  text: fc.nat(texts.length - 1),
});
/** A watch's finds are its own: the same id is the same find. */
const watch = fc.constantFrom('a', 'b', 'c', 'd').chain((watchId) =>
  fc.array(find, { maxLength: 12 }).map((all): Holdings => {
    const byNumber = new Map(all.map((each) => [each.number, each]));
    return holdings(
      watchId,
      [...byNumber.values()].map(({ number, kind, page, text, ...rest }): Find => ({
        ...rest,
        kind,
        id: `${watchId}-${number}`,
        watchId,
        address: kind === 'clip' ? `https://site${page % 3}.example/${page}` : null,
        fingerprint: prints[text] ?? null,
      })),
    );
  }),
);
/** Watches of which each name holds one thing alone. */
const watches = fc
  .array(watch, { minLength: 1, maxLength: 4 })
  .map((all) => [...new Map(all.map((each) => [[...each.watches][0], each])).values()]);

/** All that can be seen of a dossier. */
function seen(all: Holdings) {
  const things = thingsOf(all);
  return { watches: [...all.watches].sort(), things, gain: gainOf(all, things) };
}

describe('merge', () => {
  test('is commutative, associative and idempotent, and nothing changes nothing', () => {
    fc.assert(
      fc.property(watches, watches, watches, (x, y, z) => {
        // The same watch in two dossiers is the same watch.
        const one = new Map([...x, ...y, ...z].map((each) => [[...each.watches][0], each]));
        const of = (list: Holdings[]) =>
          list.map((each) => one.get([...each.watches][0])!).reduce(merge, nothing);
        const [a, b, c] = [of(x), of(y), of(z)];
        expect(seen(merge(a, b))).toEqual(seen(merge(b, a)));
        expect(seen(merge(merge(a, b), c))).toEqual(seen(merge(a, merge(b, c))));
        expect(seen(merge(a, a))).toEqual(seen(a));
        expect(seen(merge(a, nothing))).toEqual(seen(a));
      }),
      { numRuns: 300 },
    );
  });

  test('is undone by taking the watch out again', () => {
    fc.assert(
      fc.property(watches, (list) => {
        const [last, ...others] = list;
        const before = others.reduce(merge, nothing);
        const id = [...(last?.watches ?? [])][0] ?? '';
        expect(seen(without(merge(before, last!), id))).toEqual(seen(before));
      }),
    );
  });

  test('loses no find and invents none, and each keeps its finder and its date', () => {
    fc.assert(
      fc.property(watches, (list) => {
        const kept = thingsOf(list.reduce(merge, nothing)).flatMap(({ finds }) => finds);
        const given = list.flatMap(({ finds }) => [...finds.values()]);
        const sorted = (finds: Find[]) => [...finds].sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(sorted(kept)).toEqual(sorted(given));
      }),
    );
  });

  test('the gain is never less than what the best watch holds alone', () => {
    fc.assert(
      fc.property(watches, (list) => {
        const all = list.reduce(merge, nothing);
        const { sources, things, best } = gainOf(all, thingsOf(all));
        expect(things).toBeGreaterThanOrEqual(best?.things ?? 0);
        expect(sources).toBeGreaterThanOrEqual(best?.sources ?? 0);
      }),
    );
  });
});

describe('what is the same thing', () => {
  const clip = (id: string, address: string, text: string, foundAt = 0): Find => ({
    ...{ id, watchId: id[0] ?? '', kind: 'clip', finderId: id, foundAt, address },
    fingerprint: fingerprintOf(text),
  });
  const of = (...finds: Find[]) =>
    thingsOf(finds.map((each) => holdings(each.watchId, [each])).reduce(merge, nothing)).map(
      ({ finds: same }) => same.map(({ id }) => id),
    );

  test('the same address, then a text with a word changed; whoever was first stands first', () => {
    const [one, nearly, other] = texts as [string, string, string, string];
    expect(
      of(clip('a', 'https://x.example/1', one, 2), clip('b', 'https://x.example/1', 'autre', 1)),
    ).toEqual([['b', 'a']]);
    expect(of(clip('a', 'https://x.example/1', one, 1), clip('b', 'https://y.example/2', nearly, 2))).toEqual(
      [['a', 'b']],
    );
    expect(of(clip('a', 'https://x.example/1', one, 2), clip('b', 'https://y.example/2', other, 1))).toEqual([
      ['a'],
      ['b'],
    ]);
  });

  test('short texts are not the same for being short', () => {
    expect(
      of(clip('a', 'https://x.example/1', 'Tarifs', 2), clip('b', 'https://y.example/2', 'Tarifs', 1)),
    ).toHaveLength(2);
  });
});

test('two watches of 5,000 clips are one in less than two seconds', () => {
  const words =
    'norvalt pompe vanne tarif salon client chantier remise usine brevet rachat chaudière débit garantie'.split(
      ' ',
    );
  const text = (seed: number) =>
    Array.from({ length: 60 }, (_, at) => words[(seed * 31 + at * at * (seed % 7) + at) % words.length]).join(
      ' ',
    );
  const sized = (watchId: string, shift: number) =>
    holdings(
      watchId,
      Array.from({ length: 5_000 }, (_, at): Find => ({
        ...{ id: `${watchId}${at}`, watchId, kind: 'clip', finderId: watchId, foundAt: at },
        address: `https://site${(at + shift) % 97}.example/${at + shift}`,
        fingerprint: fingerprintOf(text(at + shift)),
      })),
    );
  const [a, b] = [sized('a', 0), sized('b', 2_500)];
  // Of the processor: the machine may be busy with other tests.
  const before = process.cpuUsage();
  const things = thingsOf(merge(a, b));
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000);
  expect(things.length).toBeLessThanOrEqual(7_500);
});

test('forged fingerprints that share a band, and no text, are not all compared', () => {
  const finds = Array.from({ length: 6_000 }, (_, at): Find => {
    const fingerprint = Buffer.alloc(128, at % 40);
    // Seven places in ten are alike, in each band that is alike.
    for (let place = 44; place < 64; place += 1) fingerprint.writeUInt16LE(at, 2 * place);
    return {
      id: `f${at}`,
      watchId: 'a',
      kind: 'clip',
      finderId: 'x',
      foundAt: at,
      address: null,
      fingerprint,
    };
  });
  const before = process.cpuUsage();
  expect(thingsOf(holdings('a', finds))).toHaveLength(6_000);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(700);
});
