import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { env, OperatorError } from '#env';

afterEach(() => vi.unstubAllEnvs());

test('has a value for what nobody set', () => {
  for (const name of ['PORT', 'ORIGIN', 'ROLES', 'FETCH_ALLOW', 'LOG_LEVEL']) vi.stubEnv(name, '');
  expect(env.PORT).toBe(3000);
  expect(env.ORIGIN).toBeUndefined();
  expect([...env.ROLES]).toEqual(['web', 'worker']);
  expect(env.FETCH_ALLOW).toEqual([]);
  expect(env.LOG_LEVEL).toBe('info');
});

test('reads what is set, when it is asked for', () => {
  vi.stubEnv('PORT', '8080');
  vi.stubEnv('ORIGIN', 'https://Network.example.com/');
  vi.stubEnv('ROLES', 'worker');
  vi.stubEnv('FETCH_ALLOW', 'wiki.local:80, [::1]:8080');
  expect(env.PORT).toBe(8080);
  expect(env.ORIGIN).toBe('https://network.example.com');
  expect([...env.ROLES]).toEqual(['worker']);
  expect(env.FETCH_ALLOW).toEqual(['wiki.local:80', '[::1]:8080']);
});

test.each([
  ['PORT', '80a'],
  ['PORT', '70000'],
  ['HOST', 'http://127.0.0.1'],
  ['ORIGIN', 'network.example.com'],
  ['ORIGIN', 'https://network.example.com/essaim'],
  ['ADDRESS_HEADER', 'X-Forwarded-For: 1'],
  ['XFF_DEPTH', 'two'],
  ['XFF_DEPTH', '0'],
  ['RATE_LIMIT', '-1'],
  ['FILE_LIMIT_MB', '0'],
  ['FILE_LIMIT_MB', '100 MB'],
  ['FILES_S3_URL', 'https://s3.example.com/bucket'],
  ['DATABASE_URL', 'localhost:5432/essaim'],
  ['DATABASE_URL', 'postgres://essaim:pa#ss@localhost/essaim'],
  ['DATABASE_URL', 'postgres://essaim:p@ss#1@localhost/essaim'],
  ['DATABASE_URL', 'postgres://essaim@localhost:port/essaim'],
  ['SMTP_URL', 'mail.example.com'],
  ['SMTP_URL', 'smtp://me:se#cret@mail.example.com'],
  ['MAIL_IN', '2525'],
  ['MAIL_IN', '127.0.0.1:99999'],
  ['MAIL_DOMAIN', 'replies@example.com'],
  ['MAIL_FROM', 'Essaim'],
  ['ROLES', 'web,cook'],
  ['LOG_LEVEL', 'loud'],
  ['FETCH_ALLOW', 'http://wiki.local'],
  ['LIKENESS_URL', 'vectors.example.com'],
  ['LIKENESS_PATIENCE_MS', '10'],
  ['LIKENESS_SCALE', '0.2,0.4,0.6'],
  ['LIKENESS_SCALE', '0.2,0.4,0.4,0.8'],
  ['LIKENESS_SCALE', '0.2,0.4,0.6,1.2'],
  ['LIKENESS_SCALE', '0.2,0.4,much,0.8'],
] as const)('refuses %s=%s in one sentence that names it, in both languages', (name, value) => {
  vi.stubEnv(name, value);
  vi.stubEnv('LC_ALL', '');
  vi.stubEnv('LC_MESSAGES', '');
  for (const language of ['fr_FR.UTF-8', 'C.UTF-8']) {
    vi.stubEnv('LANG', language);
    expect(() => env[name]).toThrow(OperatorError);
    expect(() => env[name]).toThrow(new RegExp(`^${name} [^\n]+\\.$`));
  }
});

test('takes a database by its socket, and a secret written as an address wants it', () => {
  for (const url of [
    'postgres://essaim@/essaim?host=%2Fvar%2Frun%2Fpostgresql',
    'postgresql:///essaim?host=/var/run/postgresql',
    'postgres://essaim:pa%23ss@[::1]:5433/essaim?sslmode=require',
  ]) {
    vi.stubEnv('DATABASE_URL', url);
    expect(env.DATABASE_URL).toBe(url);
  }
});

test('mail that comes in needs a domain', () => {
  vi.stubEnv('MAIL_DOMAIN', '');
  vi.stubEnv('MAIL_IN', '[::1]:2525');
  expect(() => env.MAIL_IN).toThrow('MAIL_DOMAIN');
  vi.stubEnv('MAIL_DOMAIN', 'replies.example.com');
  expect(env.MAIL_IN).toEqual({ host: '::1', port: 2525 });
});

test('the operator’s page lists every setting', () => {
  const folder = `${import.meta.dirname}/env`;
  const code = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8'));
  const read = code.flatMap((text) =>
    [...text.matchAll(/\b(?:read|list)\('([A-Z\d_]+)'\)/g)].map(([, name]) => name!),
  );
  const page = readFileSync(`${import.meta.dirname}/../docs/operate.md`, 'utf8');
  const rows = page.match(/^\| `.*$/gm)!.map((row) => row.split('|')[1]!);
  const listed = rows.flatMap((cell) => [...cell.matchAll(/`([A-Z\d_]+)`/g)].map(([, name]) => name!));
  /** The language of the terminal, and what `--demo` tells the application. */
  const apart = ['LC_ALL', 'LC_MESSAGES', 'LANG', 'ESSAIM_DEMO'];
  expect([...new Set(read)].filter((name) => !apart.includes(name)).sort()).toEqual(listed.sort());
});

test('a server of vectors is named with its model and its scale, and its key in a file', () => {
  expect(env.LIKENESS_URL).toBeUndefined();
  vi.stubEnv('LIKENESS_URL', 'https://vectors.example.com/v1/embeddings');
  expect(() => env.LIKENESS_URL).toThrow('LIKENESS_MODEL');
  vi.stubEnv('LIKENESS_MODEL', 'small');
  expect(() => env.LIKENESS_URL).toThrow('LIKENESS_SCALE');
  vi.stubEnv('LIKENESS_SCALE', '0.31, 0.48, 0.66, 0.84');
  expect(env.LIKENESS_URL).toBe('https://vectors.example.com/v1/embeddings');
  expect(env.LIKENESS_SCALE).toEqual([0.31, 0.48, 0.66, 0.84]);
  vi.stubEnv('LIKENESS_KEY_FILE', '/nowhere/key');
  expect(() => env.LIKENESS_KEY).toThrow('LIKENESS_KEY_FILE');
  vi.stubEnv('LIKENESS_KEY_FILE', import.meta.filename);
  expect(() => env.LIKENESS_KEY).toThrow(OperatorError);
});

test('does not repeat a key that was written into the address of a server of vectors', () => {
  vi.stubEnv('LIKENESS_URL', 'https://me:secret@vectors.example.com/v1/embeddings?key=secret');
  expect(() => env.LIKENESS_URL).toThrow(/^(?!.*secret).*LIKENESS_URL/);
});

test('does not repeat the password of a database address', () => {
  vi.stubEnv('DATABASE_URL', 'mysql://root:secret@host/db');
  expect(() => env.DATABASE_URL).toThrow(/^(?!.*secret).*DATABASE_URL/);
});
