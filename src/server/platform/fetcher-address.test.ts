import { describe, expect, test } from 'vitest';
import { isAllowListed, isPublicAddress } from './fetcher-address.ts';

describe('isPublicAddress', () => {
  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.15.0.1',
    '172.32.0.1',
    '223.255.255.255',
    '2606:4700::1111',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1111%eth0',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));
});

test('an allow-list entry names one host and one port', () => {
  const allow = ['intranet.test:80', '[::1]:8080', 'Secure.test:443 '];
  expect(isAllowListed(new URL('http://intranet.test/feed'), allow)).toBe(true);
  expect(isAllowListed(new URL('http://[::1]:8080/'), allow)).toBe(true);
  expect(isAllowListed(new URL('https://secure.test/'), allow)).toBe(true);
  expect(isAllowListed(new URL('http://intranet.test:81/'), allow)).toBe(false);
  expect(isAllowListed(new URL('https://intranet.test/'), allow)).toBe(false);
  expect(isAllowListed(new URL('http://intranet.test.evil.test/'), allow)).toBe(false);
});
