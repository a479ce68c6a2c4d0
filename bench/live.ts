/**
 * What live costs: memory of an open stream, and how long one post takes to a thousand readers of one community, beside
 * the same bytes on bare sockets. Runs alone on a network of its own: node bench/live.ts [--streams 10000]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { hashOf } from '#server/people/actor.ts';
import { openDatabase, type Db } from '#server/platform/db.ts';
import { migrate } from '#server/platform/migrate.ts';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import { Lane, request } from './load.ts';
import { startProduct } from './server.ts';

const READERS = 1_000;
const POSTS = 30;
/** Those who open streams at the same moment. */
const ABREAST = 50;
const COMMUNITY = 'le-banc';

export interface LiveBench {
  streams: number;
  /** Of the whole process, from none to all of them open. */
  kilobytesEach: number;
  fanOut: Spread;
  bare: Spread;
}

/** Milliseconds from the moment of writing until a reader has it. */
interface Spread {
  p50: number;
  p99: number;
}

/** Measures on a database that is migrated and empty. */
async function measureLive(url: string, dataDir: string, streams: number): Promise<LiveBench> {
  const { db, close } = openDatabase(url, 4);
  await fillCommunity(db);
  const product = await startProduct(url, dataDir);
  const readers: Socket[] = [];
  try {
    await openAll(readers, product.port, READERS, `feed=communities/${COMMUNITY}`);
    await publishAndWait(product.port, readers);
    const before = product.memory().now;
    await openAll(readers, product.port, streams, 'shown=01900000-0000-7000-8000-000000000000');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const kilobytesEach = ((product.memory().now - before) * 1024) / (streams - READERS);
    const fanOut = await spreadOf(() => publishAndWait(product.port, readers.slice(0, READERS)));
    return { streams: readers.length, kilobytesEach, fanOut, bare: await measureBare() };
  } finally {
    for (const socket of readers) socket.destroy();
    await product.stop();
    await close();
  }
}

/** A community whose thousand members all have a token. */
async function fillCommunity(db: Db): Promise<void> {
  const hashes = Array.from({ length: READERS }, (_, index) => hashOf(tokenOf(index)));
  await sql`insert into network (name) values ('Banc')`.execute(db);
  await sql`with place as (
      insert into communities (slug, name, access) values (${COMMUNITY}, 'Le banc', 'closed') returning id),
    reader as (insert into people (handle, name) select 'lecteur-' || n, 'Lecteur ' || n
      from generate_series(1, ${READERS}::int) n returning id),
    inside as (insert into memberships (community_id, person_id) select place.id, reader.id from place, reader),
    numbered as (select id, row_number() over (order by id) as n from reader)
    insert into api_tokens (person_id, name, token_hash, last_used_on)
    select numbered.id, 'banc', hash, current_date
    from numbered join unnest(${hashes}::text[]) with ordinality as h (hash, n) using (n)`.execute(db);
}

function tokenOf(index: number): string {
  return `essaim_bench${index}`;
}

async function openAll(readers: Socket[], port: number, until: number, query: string): Promise<void> {
  const lanes = Array.from({ length: ABREAST }, async () => {
    while (readers.length < until) {
      const index = readers.length;
      const socket = connect(port, '127.0.0.1');
      readers.push(socket);
      const asked = { authorization: `Bearer ${tokenOf(index % READERS)}` };
      socket.write(request('GET', `/api/v1/events?${query}`, asked));
      await heard(socket, 'event: hello');
    }
  });
  await Promise.all(lanes);
}

/** Publishes one post; gives how long it took to each reader. */
async function publishAndWait(port: number, readers: Socket[]): Promise<number[]> {
  const lane = new Lane(port);
  const post = { title: 'Banc', body: 'Une visite ce matin.', status: 'published', community: COMMUNITY };
  const asked = { authorization: `Bearer ${tokenOf(0)}` };
  const began = performance.now();
  const all = readers.map((socket) =>
    heard(socket, 'event: post.published').then(() => performance.now() - began),
  );
  const { status } = await lane.ask(request('POST', '/api/v1/posts', asked, JSON.stringify(post)));
  if (status !== 201) throw new Error(`answered ${status}`);
  lane.close();
  return Promise.all(all);
}

async function measureBare(): Promise<Spread> {
  const child = fork(join(import.meta.dirname, 'live-bare.ts'));
  const [port] = (await once(child, 'message')) as [number];
  const sockets = await Promise.all(
    Array.from({ length: READERS }, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    }),
  );
  const bytes = `event: post.published\nid: ${'x'.repeat(70)}\ndata: {"id":"${'y'.repeat(36)}"}\n\n`;
  try {
    return await spreadOf(async () => {
      const began = performance.now();
      const all = sockets.map((socket) => heard(socket, 'event: post').then(() => performance.now() - began));
      child.send(bytes);
      return Promise.all(all);
    });
  } finally {
    for (const socket of sockets) socket.destroy();
    child.kill();
  }
}

async function spreadOf(once: () => Promise<number[]>): Promise<Spread> {
  const taken: number[] = [];
  for (let turn = 0; turn < POSTS; turn += 1) taken.push(...(await once()));
  taken.sort((a, b) => a - b);
  const at = (part: number) => taken[Math.floor(taken.length * part)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Until a socket has brought these words. */
function heard(socket: Socket, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (bytes: Buffer) => {
      text += bytes.toString('latin1');
      if (!text.includes(words)) return;
      socket.off('data', onData);
      socket.off('close', onClose);
      resolve();
    };
    const onClose = () => reject(new Error(`closed before ${words}: ${text.slice(0, 200)}`));
    socket.on('data', onData);
    socket.once('close', onClose);
  });
}

/** One line for each figure. */
export function describeLive({ streams, kilobytesEach, fanOut, bare }: LiveBench): string {
  const figures = ({ p50, p99 }: Spread) => `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`;
  return [
    `live: ${streams} streams open in one process, ${kilobytesEach.toFixed(1)} KB each`,
    `live: one post to ${READERS} readers: ${figures(fanOut)} (the same bytes on bare sockets: ${figures(bare)})`,
  ].join('\n');
}

/** The same on a database of its own. */
export async function benchLive(streams: number): Promise<LiveBench> {
  const folder = mkdtempSync(join(tmpdir(), 'essaim-bench-live-'));
  const embedded = await startEmbedded({ dataDir: folder });
  try {
    await migrate(embedded.url, join(import.meta.dirname, '..', 'migrations'));
    return await measureLive(embedded.url, folder, streams);
  } finally {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { streams } = parseArgs({ options: { streams: { type: 'string', default: '10000' } } }).values;
  console.log(describeLive(await benchLive(Number(streams))));
}
