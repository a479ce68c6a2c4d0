import { afterEach, expect, test, vi } from 'vitest';
import { env } from '#env';

afterEach(() => vi.unstubAllEnvs());

test('a setting that cannot be right is told at the start', () => {
  vi.stubEnv('MAIL_DOMAIN', 'reponses.aubrelle.example');
  vi.stubEnv('MAIL_IN', 'here');
  expect(() => env.MAIL_IN).toThrow('MAIL_IN');
  vi.stubEnv('MAIL_IN', '[::1]:2525');
  expect(env.MAIL_IN).toEqual({ host: '::1', port: 2525 });
  vi.stubEnv('MAIL_DOMAIN', '');
  expect(() => env.MAIL_IN).toThrow('MAIL_DOMAIN');
  vi.stubEnv('MAIL_DOMAIN', 'not a domain');
  expect(() => env.MAIL_DOMAIN).toThrow('MAIL_DOMAIN');
});
