import { readNetwork } from '../people/setup.ts';
import type { Db } from '../platform/db.ts';

const names = new WeakMap<Db, { name: string; until: number }>();

/** The network's name, read again after two seconds: it stands on every page and hardly ever changes. */
export async function networkName(db: Db): Promise<string> {
  const now = Date.now();
  const known = names.get(db);
  if (known && now < known.until) return known.name;
  const network = await readNetwork(db);
  if (network) names.set(db, { name: network.name, until: now + 2_000 });
  return network?.name ?? 'Essaim';
}
