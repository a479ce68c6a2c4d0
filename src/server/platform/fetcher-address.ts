import { BlockList, isIP } from 'node:net';

const refusedIPv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Inside 2000::/3, the parts that are no one's server, or that carry an IPv4 address (Teredo, 6to4). */
const refusedIPv6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refused = new BlockList();
for (const [network, prefix] of refusedIPv4) refused.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of refusedIPv6) refused.addSubnet(network, prefix, 'ipv6');

const globalIPv6 = new BlockList();
globalIPv6.addSubnet('2000::', 3, 'ipv6');

/**
 * Whether an IP address is one that the public internet routes. IPv6 is an allow-list (2000::/3): mapped, compatible,
 * NAT64, unique local, link-local and multicast addresses all stand outside it.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  if (family === 6 && !address.includes('%')) {
    return globalIPv6.check(address, 'ipv6') && !refused.check(address, 'ipv6');
  }
  return false;
}

/** The host of a URL as the network names it: IPv6 without brackets. */
export function bareHost(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

/** Whether `allow` (entries `host:port`, `[v6]:port`) names the host and port of this URL, as they were written. */
export function isAllowListed(url: URL, allow: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const wanted = `${url.hostname}:${port}`.toLowerCase();
  return allow.some((entry) => entry.trim().toLowerCase() === wanted);
}
