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
  ['ORIGIN', 'network.example.com'],
  ['ORIGIN', 'https://network.example.com/essaim'],
  ['SMTP_URL', 'mail.example.com'],
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
] as const)('refuses %s=%s in a sentence that names it', (name, value) => {
  vi.stubEnv(name, value);
  expect(() => env[name]).toThrow(OperatorError);
  expect(() => env[name]).toThrow(name);
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
