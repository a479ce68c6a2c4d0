/** npm run bench: what the product costs, beside the limit that the same run measured. Says ratios, and judges them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Actor } from '#server/actor.ts';
import { openDatabase, type Db } from '#server/platform/db.ts';
import { migrate } from '#server/platform/migrate.ts';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import { measureDigests } from './digest.ts';
import { measureGrowth, printGrowth } from './growth.ts';
import { measureImport } from './import.ts';
import { BareDriver, bareServer } from './limits.ts';
import { hotPaths, type Line } from './lines.ts';
import { benchLive, describeLive } from './live.ts';
import { askInTurn, measure, request, together, type Measured } from './load.ts';
import { buildNetwork, FULL, TENTH, type Landmarks, type Size } from './network.ts';
import { describeDesk, printTable, verdicts, type Bench, type DeskBench, type Result } from './report.ts';
import { measurePairs } from './pairs.ts';
import { startProduct } from './server.ts';
import { measureSources, SOURCES_FULL, SOURCES_SMALL } from './sources.ts';
import { measureTwins, TWINS_FULL, TWINS_SMALL } from './twins.ts';
import { measureUpload } from './upload.ts';
import { visitor } from './visitor.ts';
import { firstLoad } from './weight.ts';

const { values: asked } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    small: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const seconds = Number(asked.seconds);
const ROUNDS = 3;
const folder = mkdtempSync(join(tmpdir(), 'essaim-bench-'));
const root = join(import.meta.dirname, '..');
const DESK_FULL = { twins: TWINS_FULL, sources: SOURCES_FULL };
const DESK_SMALL: typeof DESK_FULL = { twins: TWINS_SMALL, sources: SOURCES_SMALL };

interface Network {
  url: string;
  dataDir: string;
  marks: Landmarks;
  /** Seconds. */
  built: number;
}

try {
  const { growth, ...full } = asked.small
    ? await withNetwork('tenth', TENTH, async (tenth) => ({
        growth: [],
        ...(await benchNetwork(tenth, [1], DESK_SMALL)),
      }))
    : await withNetwork('tenth', TENTH, (tenth) =>
        withNetwork('full', FULL, (network) => benchBoth(tenth, network)),
      );
  printTable(full.results);
  printGrowth(growth);
  console.log(describeDesk(full));
  const live = await benchLive(asked.small ? 2_000 : 10_000);
  console.log(describeLive(live));
  const judged = verdicts(full, growth, live);
  if (asked.json) writeFileSync(asked.json, JSON.stringify({ full, growth, live, judged }, null, 2));
  process.exitCode = judged.every(({ reached }) => reached) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Builds a network, which is there while `use` runs. */
async function withNetwork<T>(name: string, size: Size, use: (network: Network) => Promise<T>): Promise<T> {
  const dataDir = join(folder, name);
  const embedded = await startEmbedded({ dataDir });
  try {
    await migrate(embedded.url, join(root, 'migrations'));
    const started = performance.now();
    const marks = await buildNetwork(embedded.url, size);
    const built = (performance.now() - started) / 1000;
    console.log(
      `${name}: ${size.posts} posts, ${size.comments} comments, ${size.reactions} reactions by COPY in ${built.toFixed(0)} s`,
    );
    return await use({ url: embedded.url, dataDir, marks, built });
  } finally {
    await embedded.stop();
  }
}

/** What reads comes before what writes: thousands of posts by one person would make the first page unlike all others. */
async function benchBoth(tenth: Network, full: Network) {
  const reads = await measureGrowth(tenth, full, false, seconds / 2);
  const bench = await benchNetwork(full, [1, 8, 32], DESK_FULL);
  return { ...bench, growth: [...reads, ...(await measureGrowth(tenth, full, true, seconds / 2))] };
}

async function benchNetwork(
  { url, dataDir, marks, built }: Network,
  connections: number[],
  desk: typeof DESK_FULL,
): Promise<Bench> {
  const { actor, ...product } = await benchProduct(url, dataDir, marks, connections);
  // After it has stopped: its own worker would send and poll some of them.
  const { db, close } = openDatabase(url, 4);
  try {
    return {
      built,
      ...product,
      digests: await measureDigests(db),
      desk: await benchDesk(db, url, actor, desk),
    };
  } finally {
    await close();
  }
}

async function benchDesk(db: Db, url: string, actor: Actor, sizes: typeof DESK_FULL): Promise<DeskBench> {
  const sources = await measureSources(db, actor, sizes.sources);
  return { sizes, sources, twins: await measureTwins(db, url, actor, sizes.twins) };
}

async function benchProduct(url: string, dataDir: string, marks: Landmarks, connections: number[]) {
  const { db, close } = openDatabase(url, 4);
  const product = await startProduct(url, dataDir);
  const results: Result[] = [];
  try {
    const many = await visitor(db, marks.many);
    const few = await visitor(db, marks.few);
    const lines = await hotPaths(db, url, marks, few, many);
    const pairs = await measurePairs(product.port, lines, seconds);
    for (const line of lines) {
      results.push({
        name: line.name,
        limitName: limitOf(line),
        ...(await benchLine(line, product.port, url, connections)),
      });
    }
    const bare = await bareServer(20_000);
    const bareHttp = [await askInTurn(bare.port, [request('GET', '/', {})], connections.at(-1)!, seconds)];
    bare.close();
    results.push({ name: 'bare node:http, 20 KB', limitName: '', ours: bareHttp, limit: [] });
    const imported = await measureImport(db, many.actor);
    const weight = await firstLoad(product.port, many.cookie);
    const memory = product.memory();
    const upload = await measureUpload(product.port, many.authorization, dataDir);
    return { actor: many.actor, results, pairs, imported, weight, memory, upload };
  } finally {
    await product.stop();
    await close();
  }
}

/** Ours and the limit in turn, several times at each number of connections: a slow moment of the machine hits both. */
async function benchLine(line: Line, port: number, url: string, connections: number[]) {
  const ours: Measured[] = [];
  const limit: Measured[] = [];
  for (const many of connections) {
    const driver = line.limit && new BareDriver(url, many, line.limit);
    const own: Measured[] = [];
    const other: Measured[] = [];
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        if (driver)
          other.push(
            await measure(many, seconds / ROUNDS, () => (line.writes ? driver.write() : driver.read())),
          );
        if (line.beside) other.push(await askInTurn(port, line.beside, many, seconds / ROUNDS));
        own.push(await askInTurn(port, line.requests, many, seconds / ROUNDS));
      }
    } finally {
      await driver?.close();
    }
    ours.push(together(own));
    if (other.length > 0) limit.push(together(other));
  }
  return { ours, limit };
}

function limitOf({ writes, beside }: Line): string {
  if (beside) return 'feed, JSON';
  return writes ? 'bare BEGIN, INSERT, COMMIT' : 'same SQL, bare pg';
}
