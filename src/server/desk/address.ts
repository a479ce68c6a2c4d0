import { invalid } from '../errors.ts';

const LONGEST_ADDRESS = 2000;

/** What only says where a reader came from. */
const TRACKING =
  /^(utm_[a-z]+|mtm_[a-z]+|at_[a-z]+|pk_(campaign|kwd|source|medium)|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|mc_cid|mc_eid|_hs(enc|mi)|xtor|xtref|oly_(anon|enc)_id|vero_id|wt_mc|ns_campaign|spm|s_cid|cmpid|sc_cid)$/i;

/**
 * Reads an address that somebody gave; `https://` goes without saying. Refuses what is no web address, and one with a
 * password inside.
 */
export function readAddress(typed: unknown, field = 'url'): URL {
  if (typeof typed !== 'string') throw invalid(field, 'not_web_address');
  const text = typed.trim();
  const url = URL.parse(
    /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d+(\/|$)/.test(text) ? text : `https://${text}`,
  );
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw invalid(field, 'not_web_address');
  const named = url.hostname.includes('.') || url.hostname.startsWith('[') || url.hostname === 'localhost';
  if (!named || url.username || url.password) throw invalid(field, 'not_web_address');
  if (url.href.length > LONGEST_ADDRESS) throw invalid(field, 'text_too_long');
  return url;
}

/**
 * An address as it is compared: two people who keep the same page rarely hold the same one. Without `www.`, place in the
 * page, what says where a reader came from, and the order of the rest.
 */
export function canonicalAddress(address: string | URL): string {
  const url = new URL(address);
  url.protocol = 'https:';
  url.hostname = url.hostname.replace(/^(www|m|amp)\.(?=[^.]+\.)/, '').replace(/\.$/, '');
  if (url.port === '80') url.port = '';
  url.hash = '';
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name));
  const ordered = kept.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  url.search = new URLSearchParams(ordered).toString();
  url.pathname = url.pathname.replace(/\/(index\.(html?|php))?$/, '') || '/';
  return url.href.slice(0, LONGEST_ADDRESS);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The site of an address, as people name it. */
export function siteOf(address: string): string {
  return URL.parse(address)?.host.replace(/^www\./, '') ?? '';
}
