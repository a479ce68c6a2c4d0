import { describe, expect, test } from 'vitest';
import { isOpenToAnyone, safeNext, signInAddress } from './doors.ts';
import { languageAskedFor } from './language.ts';

describe('without a session', () => {
  test.each([
    '/sign-in',
    '/sign-in/code',
    '/setup',
    '/invitations/abc',
    '/reset',
    '/reset/abc',
    '/healthz',
    '/api/v1/posts',
    '/feeds/all.rss',
    '/files/0190/480',
    '/stop/abc',
  ])('%s is open', (path) => expect(isOpenToAnyone(path)).toBe(true));

  test.each([
    '/',
    '/settings',
    '/admin/invitations',
    '/invitations',
    '/invitations/',
    '/sign-inx',
    '/setups',
    '/metricsx',
    '/healthz/x',
    '/stop',
    '/stops/x',
    '/posts/sign-in',
    '//sign-in',
    '/%73ign-in',
    '/SIGN-IN',
  ])('%s is not', (path) => expect(isOpenToAnyone(path)).toBe(false));

  test('the way back is remembered', () => {
    expect(signInAddress(new URL('http://x/'))).toBe('/sign-in');
    expect(signInAddress(new URL('http://x/'), true)).toBe('/sign-in?news=ended');
    expect(signInAddress(new URL('http://x/desk'), true)).toBe('/sign-in?news=ended&next=%2Fdesk');
    expect(signInAddress(new URL('http://x/posts?a=1&b=2'))).toBe('/sign-in?next=%2Fposts%3Fa%3D1%26b%3D2');
  });
});

describe('the way back', () => {
  test.each(['/', '/posts/1?x=1#comments', '/people/a%20b'])('%s is ours', (next) =>
    expect(safeNext(next)).toBe(next),
  );

  test.each([
    null,
    '',
    'posts',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/./\\evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    '/sign-out',
    '/http://[',
  ])('%j leads to the first page', (next) => {
    const safe = safeNext(next);
    expect(new URL(safe, 'http://here.example').origin).toBe('http://here.example');
    expect(safe.startsWith('//')).toBe(false);
  });
});

test.each([
  [null, 'fr'],
  ['en', 'en'],
  ['en-US,en;q=0.9,fr;q=0.8', 'en'],
  ['de,fr;q=0.4,en;q=0.3', 'fr'],
  ['fr;q=0,en;q=0.1', 'en'],
  ['*;q=x,,;;', 'fr'],
])('a browser that asks for %j reads %s', (header, language) =>
  expect(languageAskedFor(header)).toBe(language),
);
