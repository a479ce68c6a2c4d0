import { invalid } from '../errors.ts';

const LONGEST = 2000;

/**
 * The address of a feed as it is compared and asked: one row for all who follow it, however each of them typed it.
 * Refuses what is no web address, and one with a password inside.
 */
export function feedAddress(typed: string): string {
  const address = feedAddressIn(typed);
  if (!address) throw invalid('url', 'not_web_address');
  return address;
}

/** The same, or null where it would be refused. */
export function feedAddressIn(typed: string): string | null {
  const text = typed
    .trim()
    .replace(/^feed:(\/\/)?(?=https?:)/i, '')
    .replace(/^feed:(\/\/)?/i, 'https://');
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  const isWeb = url && /^https?:$/.test(url.protocol) && url.hostname !== '';
  if (!isWeb || url.username || url.password || url.href.length > LONGEST) return null;
  url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  return url.href;
}
