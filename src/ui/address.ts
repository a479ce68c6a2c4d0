/** As much of an address as a link is made from. */
export type Address = Pick<URL, 'pathname' | 'search'> & { searchParams: Pick<URLSearchParams, 'has'> };

/** The address of `url` with parts of its query changed; what becomes null is left out. */
export function addressWith(url: Address, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `${url.pathname}${query.size ? `?${query}` : ''}`;
}
