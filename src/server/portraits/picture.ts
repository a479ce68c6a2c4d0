import { rm } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid } from '../errors.ts';
import { refuseHeavy, squares } from '../files/pictures.ts';
import { largestFile } from '../files/upload.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { takeIn } from '../platform/files/incoming.ts';

/** What a phone or a camera makes. */
const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];
/** Sides of the squares that are kept, in pixels. */
export const SIDES = [48, 96, 256] as const;

/** A face on its way in: WebP, in each of the sizes. */
interface Squares {
  small: Buffer;
  medium: Buffer;
  large: Buffer;
}

/**
 * Looks at what somebody brought as his picture, by its content, and makes squares of it. Nothing else of it is kept.
 * It takes its time: call it outside of a transaction.
 */
export async function squaresOf(content: AsyncIterable<Uint8Array>): Promise<Squares> {
  const { path, bytes } = await takeIn(content, largestFile());
  try {
    if (bytes === 0) throw invalid('file', 'picture_missing');
    const found = await fileTypeFromFile(path).catch(() => undefined);
    if (!found || !PICTURE_TYPES.includes(found.mime)) throw invalid('file', 'picture_kind');
    await refuseHeavy(path);
    const [small, medium, large] = await squares(path, [...SIDES]);
    return { small: small!, medium: medium!, large: large! };
  } finally {
    await rm(path, { force: true });
  }
}

/** Gives the actor a face, in place of the one he had. */
export async function setPicture(tx: Tx, actor: Actor, made: Squares): Promise<{ picture: string }> {
  await dropPicture(tx, actor);
  const { id } = await tx
    .insertInto('pictures')
    .values({ person_id: actor.id, ...made })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.updateTable('people').set({ picture: id }).where('id', '=', actor.id).execute();
  await recordChange(tx, actor);
  return { picture: id };
}

/** Takes the actor's face away, and its bytes at once. Without one, nothing happens. */
export async function removePicture(tx: Tx, actor: Actor): Promise<void> {
  if (await dropPicture(tx, actor)) await recordChange(tx, actor);
}

/** Whoever brings two at once waits for himself: the later one stays. */
async function dropPicture(tx: Tx, actor: Actor): Promise<boolean> {
  await sql`select 1 from people where id = ${actor.id} for no key update`.execute(tx);
  const { rows } = await sql`delete from pictures where person_id = ${actor.id} returning id`.execute(tx);
  return rows.length > 0;
}

function recordChange(tx: Tx, actor: Actor) {
  const data = { fields: ['picture'] };
  return recordEvent(tx, { name: 'person.edited', actorId: actor.id, subjectId: actor.id, data });
}
