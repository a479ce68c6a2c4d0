/** What likeness costs: what says already what one writes, who follows the same subject, two large watches made one. */
import { sql } from 'kysely';
import type { Actor } from '#server/actor.ts';
import { dossierContradictions } from '#server/dossiers/contradict.ts';
import { foundDossier } from '#server/dossiers/found.ts';
import { openDossier, presentDossier } from '#server/dossiers/read.ts';
import { dossierThings } from '#server/dossiers/things.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';
import { alreadyThere } from '#server/twins/existing.ts';
import { sketchTexts } from '#server/twins/sketch.ts';
import { twinsOf } from '#server/twins/twins.ts';
import { timesLine, timesOf, type Times } from './times.ts';
import { layWatches, type WatchesSize } from './watches.ts';

export interface TwinsSize extends WatchesSize {
  questions: number;
}

export const TWINS_FULL: TwinsSize = { watches: 300, clips: 20, large: 5_000, questions: 200 };
export const TWINS_SMALL: TwinsSize = { watches: 50, clips: 20, large: 500, questions: 40 };

export interface TwinsMeasured {
  /** Posts and things shared that are searched, and how many things a second were drawn to be found. */
  texts: number;
  drawn: number;
  already: Times;
  twins: Times;
  /** A dossier made of the two large watches; its first page opened, and its contradictions. */
  finds: number;
  things: number;
  founded: Times;
  opened: Times;
  contradictions: Times;
}

const WARM = 12;

/** Measures on a network of the bench, for somebody who reads all of it: he is in most communities. */
export async function measureTwins(
  db: Db,
  url: string,
  actor: Actor,
  size: TwinsSize,
): Promise<TwinsMeasured> {
  const watches = await layWatches(url, actor.id, size);
  const began = performance.now();
  await sketchTexts(db);
  const seconds = (performance.now() - began) / 1000;
  await sql`vacuum analyze`.execute(db);
  const { rows } = await sql<{
    texts: number;
    items: number;
  }>`select (select count(*) from entry_sketches)::int +
    (select count(*) from item_sketches)::int as texts, (select count(*) from item_sketches)::int as items`.execute(
    db,
  );
  const { texts, items } = rows[0]!;
  return {
    ...{ texts, drawn: items / seconds },
    ...(await measureSearch(db, actor, watches[0], size)),
    ...(await measureMerge(db, actor, watches)),
  };
}

/** In words, a line each. */
export function describeTwins({ texts, drawn, finds, things, ...measured }: TwinsMeasured): string {
  return [
    `Likeness among ${texts} texts, ${drawn.toFixed(0)} a second drawn`,
    timesLine('what is there already', measured.already),
    timesLine('twins of a watch', measured.twins),
    `A dossier of two watches: ${finds} finds, ${things} things`,
    timesLine('founded', measured.founded),
    timesLine('its page opened', measured.opened),
    timesLine('its contradictions', measured.contradictions),
  ].join('\n');
}

async function measureSearch(db: Db, actor: Actor, watch: string, { questions }: TwinsSize) {
  // Posts chosen by chance: their title and their beginning are what somebody is about to write.
  const { rows } = await sql<{
    title: string;
    body: string;
  }>`select title, left(body, 200) as body from entries
    where listed order by md5(id::text) limit ${questions + WARM}`.execute(db);
  const ask = (turn: number) => alreadyThere(db, actor, rows[turn % rows.length]!);
  await timesOf((turn) => ask(questions + turn), WARM);
  const already = await timesOf(ask, questions);
  await timesOf(() => twinsOf(db, actor, watch), WARM);
  return { already, twins: await timesOf(() => twinsOf(db, actor, watch), Math.ceil(questions / 4)) };
}

async function measureMerge(db: Db, actor: Actor, watches: readonly string[]) {
  const { slug: community } = await db
    .selectFrom('watches')
    .innerJoin('communities', 'communities.id', 'watches.community_id')
    .select('communities.slug')
    .where('watches.id', '=', watches[0]!)
    .executeTakeFirstOrThrow();
  const found = () =>
    inTransaction(db, (tx) => foundDossier(tx, actor, { name: 'Norvalt', community, watches: [...watches] }));
  const founded = await timesOf(found, 5);
  const { id } = await found();
  const open = async () => {
    const dossier = await openDossier(db, actor, id);
    presentDossier(dossier);
    await dossierThings(db, actor, dossier);
    return dossier;
  };
  const { all, things } = await open();
  return {
    ...{ finds: all.finds.size, things: things.length, founded },
    opened: await timesOf(open, 10),
    contradictions: await timesOf(() => dossierContradictions(db, actor, id), 5),
  };
}
