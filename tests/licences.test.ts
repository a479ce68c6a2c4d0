/** Essaim is AGPL-3.0-or-later: every package it ships with must allow that. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface LockedPackage {
  license?: string;
  dev?: boolean;
  link?: boolean;
}

const compatible = new Set([
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'Unlicense',
  ],
  ...[
    'CC0-1.0',
    'CC-BY-4.0',
    'Python-2.0',
    'PSF-2.0',
    'PostgreSQL',
    'Zlib',
    'WTFPL',
    'MPL-2.0',
    'LGPL-3.0-or-later',
  ],
  ...['GPL-3.0-or-later', 'AGPL-3.0-or-later', 'Artistic-2.0'],
  // The data of date-holidays, whose source is named (docs/decisions/0016-quiet-hours.md).
  'CC-BY-3.0',
]);

/** Packages that say it in their Readme or LICENSE alone. */
const told: Record<string, string> = {
  'node_modules/combine-errors': 'MIT',
  'node_modules/png-js': 'MIT',
};

test('every package that ships is free in a way that fits the AGPL', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const shipped = Object.entries(lock.packages).filter(([path, { dev, link }]) => path && !dev && !link);
  expect(shipped.length).toBeGreaterThan(20);
  const others = shipped
    .map(([path, { license }]) => ({ path, license: license ?? told[path] ?? 'none said' }))
    .filter(({ license }) => !fits(license));
  expect(others).toEqual([]);
});

/** One of the alternatives, with all of its parts. */
function fits(license: string): boolean {
  const alternatives = license.replace(/[()]/g, '').split(' OR ');
  return alternatives.some((each) => each.split(' AND ').every((name) => compatible.has(name)));
}
