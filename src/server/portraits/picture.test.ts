/** A person's face: shown to whoever may see the person, kept as small squares and nothing else, gone when it is taken away. */
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { listPeople } from '../communities/directory.ts';
import { membersOf } from '../communities/members.ts';
import { readProfile } from '../communities/profile.ts';
import { addComment } from '../conversation/comment.ts';
import { threadsOf } from '../conversation/thread.ts';
import { erasePerson } from '../erasure/erase.ts';
import { exportAsJson } from '../export/json.ts';
import { listFeed } from '../feed/list.ts';
import { answerFeed } from '../feeds/answer.ts';
import { ownProfile } from '../people/profile.ts';
import { inTransaction } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { readPost } from '../posts/read.ts';
import { removePicture, setPicture, squaresOf } from './picture.ts';
import { answerPicture, answerPictureOf } from './show-picture.ts';

const { db } = await testDatabase();
const elise = await actorOf(db, 'elise.perrin');
const claire = await actorOf(db, 'claire.martin');
const pierre = await actorOf(db, 'pierre.alonzo');
const absent = '01900000-0000-7000-8000-000000000000';

async function* stream(bytes: Uint8Array | string) {
  yield await Promise.resolve(Buffer.from(bytes as string));
}
const photo = (width = 1_200, height = 1_600) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
      background: '#888',
    },
  });
const show = async (actor = elise, bytes?: Uint8Array) => {
  const made = await squaresOf(stream(bytes ?? (await photo(300, 400).jpeg().toBuffer())));
  return (await inTransaction(db, (tx) => setPicture(tx, actor, made))).picture;
};
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const open = async (id: string, side = '96') => bytesOf(await answerPicture(db, claire, { id, side }));

beforeEach(async () => {
  await inTransaction(db, (tx) => removePicture(tx, elise));
});

test('a photo becomes three small squares without what the camera noted', async () => {
  const bytes = await photo()
    .withExif({ IFD0: { Artist: 'Élise en vacances' }, IFD3: { GPSLatitude: '48/1 51/1 0/1' } })
    .jpeg()
    .toBuffer();
  expect(bytes.includes('vacances')).toBe(true);
  const id = await show(elise, bytes);
  for (const side of [48, 96, 256]) {
    const answer = await answerPicture(db, claire, { id, side: String(side) });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox') as string,
      vary: 'cookie',
    });
    const square = await bytesOf(answer);
    expect(await sharp(square).metadata()).toMatchObject({ format: 'webp', width: side, height: side });
    expect((await sharp(square).metadata()).exif).toBeUndefined();
    expect(square.includes('vacances')).toBe(false);
  }
  // Noise is the worst there is; a face weighs a third of it.
  expect((await open(id, '48')).length).toBeLessThan(4_000);
});

test('a photo that lies on its side is set upright', async () => {
  const half = await photo(200, 400).png().toBuffer();
  const lying = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#000' } })
    .composite([{ input: await sharp(half).linear(0, 255).png().toBuffer(), left: 0, top: 0 }])
    .withExif({})
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  // Turned by a quarter, what was white on the left is white on top.
  const { data } = await sharp(await open(await show(elise, lying)))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(data[96 * 20 + 48]).toBeGreaterThan(200);
  expect(data[96 * 80 + 48]).toBeLessThan(50);
});

test('stands beside the name wherever the person does, and changes with a new one', async () => {
  const [first, id] = [await show(), await show()];
  expect(id).not.toBe(first);
  await expect(open(first)).rejects.toMatchObject({ code: 'not_found' });

  const { id: entryId } = await inTransaction(db, (tx) =>
    createPost(tx, elise, { title: 'Un visage', body: 'Bonjour.', status: 'published' }),
  );
  await inTransaction(db, (tx) => addComment(tx, elise, { entryId, body: 'Encore moi.' }));
  const feed = (await listFeed(db, claire, { scope: 'all' })).items.find((entry) => entry.id === entryId);
  const thread = (await threadsOf(db, claire, entryId)).items[0];
  const directory = await listPeople(db, claire, { prefix: 'Perrin' });
  const [community] = (await readProfile(db, claire, elise.handle)).communities;
  const members = await membersOf(db, claire, community!.slug, { prefix: 'Perrin' });
  for (const [where, person] of Object.entries({
    author: feed?.author,
    voice: feed?.voices[0],
    post: (await readPost(db, claire, entryId)).author,
    comment: thread?.author,
    directory: directory.items[0],
    member: members.items[0],
    profile: await readProfile(db, claire, elise.handle),
    own: await ownProfile(db, elise),
  }))
    expect(person?.picture, where).toBe(id);
  expect((await readProfile(db, elise, claire.handle)).picture).toBeNull();
});

test('opens to those who may see the person; to others it never was', async () => {
  const guestSees = (await listPeople(db, pierre, { limit: 100 })).items.map(({ handle }) => handle);
  const stranger = await db
    .selectFrom('people')
    .select('handle')
    .where('handle', 'not in', guestSees)
    .where('status', '=', 'active')
    .orderBy('handle')
    .executeTakeFirstOrThrow();
  const hidden = await actorOf(db, stranger.handle);
  const [id, seen] = [await show(hidden), await show(elise)];
  const refused = (asked: Promise<Response>) => asked.catch((error: unknown) => error);
  const byId = await refused(answerPicture(db, pierre, { id, side: '96' }));
  expect(byId).toMatchObject({ code: 'not_found' });
  expect(byId).toEqual(await refused(answerPicture(db, pierre, { id: absent, side: '96' })));
  const byHandle = await refused(answerPictureOf(db, pierre, { handle: hidden.handle }));
  expect(byHandle).toEqual(byId);
  expect(byHandle).toEqual(await refused(answerPictureOf(db, pierre, { handle: 'personne' })));

  expect(guestSees).toContain(elise.handle);
  expect((await answerPicture(db, pierre, { id: seen, side: '48' })).status).toBe(200);
  expect((await answerPictureOf(db, pierre, { handle: elise.handle, side: '48' })).status).toBe(200);
  const fresh = await answerPictureOf(db, claire, { handle: hidden.handle });
  expect(fresh.headers.get('cache-control')).toBe('private, max-age=60');
  for (const side of ['../96', '97', '', '96.webp'])
    await expect(answerPicture(db, claire, { id, side }), side).rejects.toMatchObject({ code: 'not_found' });
});

test('taken away, its bytes are gone at once, and again changes nothing', async () => {
  const id = await show();
  const events = () =>
    db
      .selectFrom('events')
      .select('id')
      .where('name', '=', 'person.edited')
      .where('actor_id', '=', elise.id)
      .execute();
  const before = (await events()).length;
  await inTransaction(db, (tx) => removePicture(tx, elise));
  await inTransaction(db, (tx) => removePicture(tx, elise));
  expect((await events()).length).toBe(before + 1);
  await expect(open(id)).rejects.toMatchObject({ code: 'not_found' });
  expect((await ownProfile(db, elise)).picture).toBeNull();
  expect(await db.selectFrom('pictures').select('id').where('person_id', '=', elise.id).execute()).toEqual(
    [],
  );
});

test('brought twice at once, one stays', async () => {
  const ids = await Promise.all([show(), show(), show()]);
  const kept = await db.selectFrom('pictures').select('id').where('person_id', '=', elise.id).execute();
  expect(kept).toHaveLength(1);
  expect(ids).toContain(kept[0]?.id);
  expect((await ownProfile(db, elise)).picture).toBe(kept[0]?.id);
});

test('is in no feed: readers outside learn nothing of it', async () => {
  const id = await show();
  await inTransaction(db, (tx) => createPost(tx, elise, { body: 'Pour les abonnés.', status: 'published' }));
  for (const path of ['people/elise.perrin.rss', 'people/elise.perrin.atom', 'all.json']) {
    const url = new URL(`https://essaim.example/feeds/${path}`);
    const feed = await (await answerFeed(db, { path, url, headers: new Headers(), session: claire })).text();
    expect(feed).toContain('Pour les abonnés.');
    expect(feed).not.toContain(id);
    expect(feed).not.toContain('/pictures/');
  }
});

describe('what is no photo is refused, and the one shown stays', () => {
  const script = '<script>alert(document.cookie)</script>';
  const gif = () => photo(20, 20).gif().toBuffer();
  test.each<[string, string, () => Promise<Uint8Array> | Uint8Array | string]>([
    ['nothing', 'picture_missing', () => ''],
    [
      'SVG',
      'picture_kind',
      () => `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`,
    ],
    ['HTML called a photo', 'picture_kind', () => `<!doctype html>${script}`],
    ['a GIF', 'picture_kind', gif],
    ['a PDF', 'picture_kind', () => '%PDF-1.7\n'],
    ['noise', 'picture_kind', () => randomBytes(5_000)],
    ['a TIFF', 'picture_kind', () => photo(20, 20).tiff().toBuffer()],
    ['half a JPEG', 'picture_broken', async () => (await photo().jpeg().toBuffer()).subarray(0, 20_000)],
    ['a head without a body', 'picture_broken', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    [
      'too many bytes',
      'picture_too_heavy',
      async () => Buffer.concat([await photo(20, 20).jpeg().toBuffer(), randomBytes(25_000_001)]),
    ],
  ])('%s', async (_, reason, make) => {
    const id = await show();
    const bytes = await make();
    await expect(squaresOf(stream(bytes))).rejects.toMatchObject({ code: 'invalid', reason });
    expect((await ownProfile(db, elise)).picture).toBe(id);
  });

  test('a photo that is also a page loses the page', async () => {
    const bytes = Buffer.concat([await photo(60, 60).jpeg().toBuffer(), Buffer.from(script)]);
    const id = await show(elise, bytes);
    for (const side of ['48', '96', '256']) expect((await open(id, side)).includes('<script>')).toBe(false);
  });

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('but %s is one', async (format) => {
    const id = await show(elise, await photo(130, 90).toFormat(format).toBuffer());
    expect(await sharp(await open(id)).metadata()).toMatchObject({ width: 96, height: 96 });
  });
});

test('goes along with what one takes away, and goes with whoever goes', async () => {
  const leaving = await actorOf(db, 'yanis.belkacem');
  const id = await show(leaving);
  const taken = JSON.parse((await Array.fromAsync(exportAsJson(db, leaving))).join('')) as {
    profile: { picture: string };
  };
  const [head, data] = taken.profile.picture.split(',');
  expect(head).toBe('data:image/webp;base64');
  expect(await sharp(Buffer.from(data!, 'base64')).metadata()).toMatchObject({ width: 256 });

  expect((await open(id)).length).toBeGreaterThan(100);
  await inTransaction(db, (tx) =>
    erasePerson(tx, leaving, { personId: leaving.id, confirm: leaving.handle }),
  );
  await expect(open(id)).rejects.toMatchObject({ code: 'not_found' });
  const left = await db.selectFrom('pictures').select('id').where('person_id', '=', leaving.id).execute();
  expect(left).toEqual([]);
  const row = await db.selectFrom('people').select('picture').where('id', '=', leaving.id).executeTakeFirst();
  expect(row).toEqual({ picture: null });
});
