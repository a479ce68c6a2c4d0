/** A file that one may not see answers, wherever it is asked for, byte for byte like one that never was. */
import { afterAll, expect, test } from 'vitest';
import { addComment } from '#server/conversation/comment.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { startBuilt } from '../built-server.ts';
import { testDatabase } from '../database.ts';
import { setStage, viewers, type Viewer } from './cast.ts';
import { secretFiles } from './files.ts';
import { difference, publicAddress, Window } from './looking.ts';

const absent = '01900000-0000-7000-8000-000000000000';

const { db, url } = await testDatabase();
const stage = await setStage(db);
const { author, member } = stage.cast;
const { picture, cover, document } = await inTransaction(db, async (tx) => {
  const brought = await secretFiles(tx, author.actor);
  const { id } = await createPost(tx, author.actor, {
    body: brought.picture.markdown,
    cover: brought.cover.url,
    community: stage.closed.slug,
    status: 'published',
  });
  await addComment(tx, author.actor, { entryId: id, body: brought.document.markdown });
  return brought;
});
const server = await startBuilt(url, { ORIGIN: publicAddress });
const window = new Window(server.origin, stage.cast);
afterAll(async () => {
  await window.close();
  await server.stop();
});

const inside: Viewer[] = ['member', 'animator', 'author'];
const paths = (id: string) => [
  ...['', '/480', '/960', '/1600', '/preview', '/audio.mp3', '/other'].map(
    (variant) => `/files/${id}${variant}`,
  ),
  ...['', '/content'].map((part) => `/api/v1/files/${id}${part}`),
];
const ask = (viewer: Viewer, path: string) =>
  window.ask(viewer, {
    ...{
      route: path,
      kind: path.startsWith('/api/') ? ('api' as const) : ('download' as const),
      method: 'GET',
      path,
    },
  });

test.each(viewers.filter((viewer) => !inside.includes(viewer)))('%s notices nothing', async (viewer) => {
  for (const { id } of [picture, cover, document]) {
    for (const path of paths(id)) {
      const [hidden, never] = [await ask(viewer, path), await ask(viewer, path.replace(id, absent))];
      const named = {
        ...hidden,
        body: hidden.body.replaceAll(id, absent),
        headers: hidden.headers.replaceAll(id, absent),
      };
      expect(difference(never, named), `${viewer} ${path}`).toBeUndefined();
      expect([303, 401, 404]).toContain(hidden.status);
    }
  }
});

test.each(inside)('%s sees it, and what is made of it', async (viewer) => {
  const seen = [
    `/files/${picture.id}`,
    `/files/${picture.id}/480`,
    `/files/${cover.id}/1600`,
    `/files/${document.id}`,
    `/files/${document.id}/preview`,
    `/api/v1/files/${document.id}/content`,
  ];
  for (const path of seen) expect((await ask(viewer, path)).status, path).toBe(200);
});

test('a feed key opens what its owner sees, and nothing else', async () => {
  const keyed = (path: string, key: string) =>
    fetch(`${server.origin}${path}?key=${key}`, { redirect: 'manual' });
  const path = `/files/${picture.id}`;
  expect((await keyed(path, member.credentials.feedKey)).status).toBe(200);
  expect((await keyed(path, stage.cast.stranger.credentials.feedKey)).status).toBe(404);
  expect((await keyed(path, 'inconnue')).status).toBe(303);
});
