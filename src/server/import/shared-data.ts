import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real files that others wrote, kept beside the checkout and not inside it. Tests skip where they are absent. */
const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

export const hasSharedData = existsSync(folder);

export function sharedFiles(pattern: string): { name: string; bytes: Uint8Array }[] {
  const names = hasSharedData ? globSync(pattern, { cwd: folder }).sort() : [];
  return names.map((name) => ({ name, bytes: readFileSync(folder + name) }));
}

export function sharedFile(name: string): Uint8Array {
  return readFileSync(folder + name);
}
