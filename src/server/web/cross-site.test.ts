import { expect, test } from 'vitest';
import { foreignReason, isForeignForm } from './cross-site.ts';

const url = new URL('https://reseau.example/posts/new');
const FORM = 'application/x-www-form-urlencoded';

function sent(method: string, headers: Record<string, string>): boolean {
  const body = method === 'GET' ? undefined : new Uint8Array();
  return isForeignForm({ url, request: new Request(url, { method, headers, body }) });
}

test('a form of our own pages passes', () => {
  expect(sent('POST', { origin: url.origin, 'content-type': FORM })).toBe(false);
  expect(sent('POST', { origin: url.origin, 'content-type': 'multipart/form-data; boundary=a' })).toBe(false);
});

test.each([FORM, 'Multipart/Form-Data; boundary=a', 'text/plain', ' text/plain;charset=utf-8', ''])(
  'a form of type "%s" from elsewhere, or from nowhere, does not',
  (type) => {
    const typed: Record<string, string> = type ? { 'content-type': type } : {};
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(sent(method, { ...typed, origin: 'https://evil.example' })).toBe(true);
      expect(sent(method, { ...typed, origin: 'null' })).toBe(true);
      expect(sent(method, typed)).toBe(true);
    }
  },
);

test('reading is nobody’s forgery, and JSON no form can send', () => {
  expect(sent('GET', { origin: 'https://evil.example' })).toBe(false);
  expect(sent('POST', { 'content-type': 'application/json' })).toBe(false);
});

test('whoever opened the network at an address that it does not know is told so', () => {
  const reason = (headers: Record<string, string>) =>
    foreignReason(new Request(url, { method: 'POST', headers }));
  // Behind a proxy that ends TLS and hands on the name, or does not.
  expect(reason({ origin: 'https://reseau.example', host: 'reseau.example' })).toBe('other_address');
  expect(reason({ origin: 'https://reseau.example', 'sec-fetch-site': 'same-origin' })).toBe('other_address');
  expect(reason({ origin: 'https://evil.example', host: 'reseau.example' })).toBe('foreign_form');
  expect(reason({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe('foreign_form');
  expect(reason({ origin: 'null' })).toBe('foreign_form');
  expect(reason({})).toBe('foreign_form');
});
