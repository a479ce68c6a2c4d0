import { gzipSync } from 'node:zlib';

/** Bytes that a browser fetches for its first look at the feed, compressed with gzip: the page, styles, script. */
export async function firstLoad(
  port: number,
  cookie: string,
): Promise<{ kilobytes: number; requests: number }> {
  const origin = `http://127.0.0.1:${port}`;
  const read = async (path: string) =>
    Buffer.from(await (await fetch(origin + path, { headers: { cookie } })).arrayBuffer());
  const page = await read('/');
  const html = page.toString();
  const seen = new Set<string>();
  const links = [
    ...html.matchAll(/(?:href|src)="(?:\.)?(\/[^"]+\.(?:js|css|svg|png|ico|webmanifest))"/g),
  ].map((match) => match[1]!);
  const imports = [...html.matchAll(/import\("(?:\.)?(\/[^"]+\.js)"\)/g)].map((match) => match[1]!);
  let bytes = gzipSync(page).length;
  const queue = [...links, ...imports];
  for (let path = queue.pop(); path; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const body = await read(path);
    bytes += gzipSync(body).length;
    // Modules that a module needs at once.
    for (const [, next] of body.toString().matchAll(/(?:from|import)\s*"(\.{1,2}\/[^"]+\.js)"/g)) {
      queue.push(new URL(next!, origin + path).pathname);
    }
  }
  return { kilobytes: bytes / 1024, requests: seen.size + 1 };
}
