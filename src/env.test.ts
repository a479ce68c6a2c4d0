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
] as const)('refuses %s=%s in a sentence that names it', (name, value) => {
  vi.stubEnv(name, value);
  expect(() => env[name]).toThrow(OperatorError);
  expect(() => env[name]).toThrow(name);
});

test('does not repeat the password of a database address', () => {
  vi.stubEnv('DATABASE_URL', 'mysql://root:secret@host/db');
  expect(() => env.DATABASE_URL).toThrow(/^(?!.*secret).*DATABASE_URL/);
});
