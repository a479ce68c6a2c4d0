import { expect, test } from 'vitest';
import { createPost } from '#server/posts/create.ts';
import { hideThing } from '#server/moderation/hide.ts';
import { readPost } from '#server/posts/read.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { notice } from './notice.ts';

const { db } = await testDatabase();

test('whoever keeps order opens what is hidden, read before or not', () =>
  inRollback(db, async (tx) => {
    const [claire, thomas] = [await actorOf(tx, 'claire.martin'), await actorOf(tx, 'thomas.gauthier')];
    const { id } = await createPost(tx, claire, { body: 'Mot', status: 'published' });
    await hideThing(tx, thomas, { on: 'entry', id, reason: 'Pas ici' });
    const post = await readPost(tx, thomas, id);
    expect(post).toMatchObject({ unread: true, hidden: { reason: 'Pas ici' } });
    await notice(tx, thomas, post);
  }));
