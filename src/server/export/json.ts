import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { gatheredSections, ownCredits, ownPageVersions } from './gathered.ts';
import { deskSections, ownDesk, ownDeskEvents, ownReadings } from './desk.ts';
import {
  ownComments,
  ownFiles,
  ownNotifications,
  ownPosts,
  ownReactions,
  ownReads,
  readOwnProfile,
  smallSections,
  type Batches,
} from './records.ts';

/** All that is the actor's, as one JSON object, a row at a time. */
export async function* exportAsJson(db: Db, actor: Actor): AsyncGenerator<string> {
  yield `{"profile":${JSON.stringify(await readOwnProfile(db, actor))}`;
  const sections = { ...smallSections(actor), ...deskSections(actor), ...gatheredSections(actor) };
  for (const [name, question] of Object.entries(sections)) {
    const { rows } = await question.execute(db);
    yield `,\n${JSON.stringify(name)}:${JSON.stringify(rows)}`;
  }
  yield* section('posts', ownPosts(db, actor));
  yield* section('comments', ownComments(db, actor));
  yield* section('reactions', ownReactions(db, actor));
  yield* section('desk', ownDesk(db, actor));
  yield* section('readings', ownReadings(db, actor));
  yield* section('deskEvents', ownDeskEvents(db, actor));
  yield* section('pageVersions', ownPageVersions(db, actor));
  yield* section('credits', ownCredits(db, actor));
  yield* section('reads', ownReads(db, actor));
  yield* section('files', ownFiles(db, actor));
  yield* section('notifications', ownNotifications(db, actor));
  yield '}\n';
}

async function* section(name: string, batches: Batches): AsyncGenerator<string> {
  let between = `,\n${JSON.stringify(name)}:[\n`;
  let empty = true;
  for await (const batch of batches) {
    for (const row of batch) {
      yield between + JSON.stringify(row);
      between = ',\n';
      empty = false;
    }
  }
  yield empty ? `${between}]` : '\n]';
}
