/** Where the network is served, and how much of it at once. */
import { read } from './environment.ts';
import { wrong } from './wrong.ts';

export const web = {
  PORT(): number {
    const value = read('PORT') ?? '3000';
    const port = Number(value);
    if (!/^\d+$/.test(value) || port > 65535)
      wrong('PORT', value, 'un nombre de 0 à 65535', 'a number from 0 to 65535');
    return port;
  },

  /** The address to listen on; every one when unset. */
  HOST(): string | undefined {
    const value = read('HOST');
    if (value !== undefined && !/^[\w.:-]+$/.test(value))
      wrong('HOST', value, 'une adresse de cette machine', 'an address of this machine');
    return value;
  },

  /** The address people type, without a final slash; `undefined` means "whatever the request says". */
  ORIGIN(): string | undefined {
    const value = read('ORIGIN');
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
      wrong(
        'ORIGIN',
        value,
        'une adresse comme https://reseau.example.com',
        'an address like https://network.example.com',
      );
    }
    return url.origin;
  },

  /** The header in which a proxy tells the visitor's address. SvelteKit's server reads it. */
  ADDRESS_HEADER(): string | undefined {
    const value = read('ADDRESS_HEADER');
    if (value !== undefined && !/^[\w-]+$/.test(value))
      wrong('ADDRESS_HEADER', value, 'un nom comme X-Forwarded-For', 'a name like X-Forwarded-For');
    return value;
  },

  /** How many proxies write into it. SvelteKit's server reads it. */
  XFF_DEPTH(): number {
    const value = read('XFF_DEPTH') ?? '1';
    if (!/^[1-9]\d?$/.test(value)) wrong('XFF_DEPTH', value, 'un nombre de 1 à 99', 'a number from 1 to 99');
    return Number(value);
  },

  /** Requests that one person may read per second through the API of this process, a quarter of it for writes; 0: no limit. */
  RATE_LIMIT(): number {
    const value = read('RATE_LIMIT') ?? '200';
    if (!/^\d{1,9}$/.test(value))
      wrong('RATE_LIMIT', value, 'un nombre de 0 à 999999999', 'a number from 0 to 999999999');
    return Number(value);
  },

  /** Whether this process shows the demonstration company. */
  DEMO(): boolean {
    return read('ESSAIM_DEMO') === '1';
  },
};
