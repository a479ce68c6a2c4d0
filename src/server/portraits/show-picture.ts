import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { visiblePeople } from '../communities/sight.ts';
import { notFound } from '../errors.ts';
import { isHandle } from '../people/handle.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { SIDES } from './picture.ts';

type Side = (typeof SIDES)[number];
const COLUMNS = { 48: 'small', 96: 'medium', 256: 'large' } as const satisfies Record<Side, string>;

/** A year: a new picture has a new address. */
const FOR_GOOD = 'private, max-age=31536000, immutable';
const A_MOMENT = 'private, max-age=60';

/** Answers with a picture by its id, to whoever may see the person. */
export async function answerPicture(
  db: Db,
  actor: Actor,
  { id, side }: { id: string; side: string },
): Promise<Response> {
  if (!isId(id)) throw notFound();
  return answer(db, actor, sql`pictures.id = ${id}`, sideOf(side), FOR_GOOD);
}

/** Answers with the picture of a person whom the actor may see; one who has none is not found either. */
export async function answerPictureOf(
  db: Db,
  actor: Actor,
  { handle, side = '256' }: { handle: string; side?: string | undefined },
): Promise<Response> {
  if (!isHandle(handle)) throw notFound();
  return answer(db, actor, sql`people.handle = ${handle}`, sideOf(side), A_MOMENT);
}

async function answer(
  db: Db,
  actor: Actor,
  which: RawBuilder<unknown>,
  side: Side,
  kept: string,
): Promise<Response> {
  const { rows } = await sql<{ bytes: Uint8Array<ArrayBuffer> }>`select ${sql.ref(COLUMNS[side])} as bytes
    from pictures join people on people.picture = pictures.id where ${which} and ${visiblePeople(actor)}`.execute(
    db,
  );
  if (!rows[0]) throw notFound();
  return new Response(rows[0].bytes, {
    headers: {
      'content-type': 'image/webp',
      'content-length': String(rows[0].bytes.length),
      'cache-control': kept,
      vary: 'cookie',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    },
  });
}

function sideOf(text: string): Side {
  const side = SIDES.find((each) => String(each) === text);
  if (!side) throw notFound();
  return side;
}
