/** The rules of the house (ARCHITECTURE.md) that a reader could otherwise only hope for. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { importsOf, sourcesIn, visit, whereabouts, type SourceFile } from './source.ts';

/** Imports go downhill only, and never between two capabilities of one floor. A new capability finds its floor here. */
const floors: string[][] = [
  ['platform', 'errors.ts', 'actor.ts'],
  // What comes from elsewhere in the formats of the web: feeds, lists of feeds.
  ['people', 'syndication'],
  ['communities', 'quiet'],
  ['conversation'],
  ['posts', 'pages', 'files', 'desk'],
  [
    ...['feed', 'links', 'search', 'notifications', 'import', 'export', 'moderation', 'claims', 'erasure'],
    ...['insistence', 'first-day', 'portraits', 'mail-in', 'backup'],
    ...['sources', 'clips', 'sharing', 'twins', 'dossiers'],
  ],
  // Other formats of what stands one floor below.
  ['feeds', 'live', 'push', 'provenance', 'weeks', 'demonstration', 'shell'],
  ['consequences.ts'],
  ['api.ts', 'background.ts'],
  ['web'],
];

const sources = sourcesIn('src');
const server = sources.filter(({ path }) => path.startsWith('src/server/'));
const shown = sources.filter(({ path }) => /^src\/(ui|routes)\//.test(path));
const product = (files: SourceFile[]) => files.filter(({ path }) => !path.endsWith('.test.ts'));

describe('floors', () => {
  test('every capability has one', () => {
    const known = floors.flat();
    expect(readdirSync('src/server').filter((name) => !known.includes(name))).toEqual([]);
  });

  test('imports go downhill only, and not sideways', () => {
    const wrong = product(server).flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target.startsWith('src/server/') && !goesDown(file.path, target))
        .map(({ target }) => `${file.path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('nothing under src/server imports a page or a component', () => {
    const wrong = importsInto(product(server), /^src\/(ui|routes)\//);
    expect(wrong).toEqual([]);
  });

  test('components take only types from the server', () => {
    const wrong = product(sources)
      .filter(({ path }) => path.startsWith('src/ui/'))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ target, typeOnly }) => /^src\/(server|env|routes)/.test(target) && !typeOnly)
          .map(({ target }) => `${file.path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  test('only src/server/web knows SvelteKit', () => {
    const elsewhere = server.filter(({ path }) => !path.startsWith('src/server/web/'));
    expect(importsInto(elsewhere, /^(@sveltejs\/kit|svelte$|svelte\/|\$app\/|\$env\/)/)).toEqual([]);
  });
});

describe('budgets', () => {
  test.each([
    ['a server file', 300, (path: string) => path.startsWith('src/server/')],
    ['a route file', 60, (path: string) => path.startsWith('src/routes/') && path.endsWith('.ts')],
    ['a component', 200, (path: string) => path.endsWith('.svelte')],
  ])('%s has at most %i lines', (_, budget, applies) => {
    const over = sources.filter(({ path, lines }) => applies(path) && lines > budget);
    expect(over.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });
});

describe('names', () => {
  test('no file and no folder is a drawer for everything', () => {
    const drawer = /^(utils?|helpers?|common|shared|services?|misc|lib)$/;
    const wrong = ['src', 'bin', 'demo', 'tests', 'scripts', 'bench', 'eval'].flatMap((folder) =>
      everythingIn(folder).filter((path) => drawer.test(basename(path).replace(/\.\w+$/, ''))),
    );
    expect(wrong).toEqual([]);
  });

  test('no index.ts re-exports a folder', () => {
    const indexes = sources.map(({ path }) => path).filter((path) => /\/index\.(ts|js)$/.test(path));
    // SvelteKit looks for the worker under this name.
    expect(indexes).toEqual(['src/service-worker/index.ts']);
  });
});

describe('what only one place may do', () => {
  test('pages and components write no SQL', () => {
    const sql = /\b(selectFrom|insertInto|updateTable|deleteFrom|selectNoFrom|mergeInto)\(|\bsql(<[^`]*>)?`/;
    expect(
      product(shown)
        .filter(({ text }) => sql.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  test('only src/env/environment.ts reads the environment, and only src/env.ts hands out what it says', () => {
    const reads = /\bprocess\.env\b|\bimport\.meta\.env\b|['"]\$env\//;
    const readers = product(sources).filter(({ text }) => reads.test(text));
    expect(readers.map(({ path }) => path)).toEqual(['src/env/environment.ts']);
    const elsewhere = sources.filter(({ path }) => !path.startsWith('src/env/') && path !== 'src/env.ts');
    expect(importsInto(elsewhere, /^src\/env\//)).toEqual([]);
  });

  test('only the guarded fetcher, mail and the database open connections', () => {
    const doors = /^src\/server\/platform\/(fetcher|mail)[\w-]*\.ts$/;
    const closed = product(server).filter(({ path }) => !doors.test(path));
    const network = /^((node:)?(http|https|http2|net|tls|dgram)|undici|nodemailer|axios|node-fetch|got)$/;
    expect([...importsInto(closed, network), ...closed.flatMap(networkCalls)]).toEqual([]);
  });
});

function goesDown(from: string, to: string): boolean {
  const [start, end] = [roomOf(from), roomOf(to)];
  return start === end || floorOf(end) < floorOf(start) || (floorOf(start) === 0 && floorOf(end) === 0);
}

function roomOf(path: string): string {
  return path.split('/')[2] ?? '';
}

function floorOf(room: string): number {
  return floors.findIndex((names) => names.includes(room));
}

function importsInto(files: SourceFile[], forbidden: RegExp): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter(({ target, typeOnly }) => forbidden.test(target) && !typeOnly)
      .map(({ target }) => `${file.path} imports ${target}`),
  );
}

function everythingIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  } catch {
    return [];
  }
}

/** Calls of `fetch` and new sockets that are not something imported or declared in the file. */
function networkCalls(file: SourceFile): string[] {
  const found: string[] = [];
  visit(file.tree, (node) => {
    const called = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.expression : undefined;
    const name = called?.getText(file.tree).replace(/^globalThis\./, '');
    if (name && ['fetch', 'WebSocket', 'EventSource'].includes(name)) found.push(whereabouts(file, node));
  });
  return found;
}
