/** The address of `url` with parts of its query changed; what becomes null is left out. */
export function addressWith(url: URL, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `${url.pathname}${query.size ? `?${query}` : ''}`;
}
