import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { listInWords } from './in-words.ts';
import { readOpml, takeList } from './opml.ts';
import { ownSources } from './subscriptions.ts';

const { db } = await testDatabase('world');

test('an address that nobody could ask is told by its line, and holds up none of the others', async () => {
  const yanis = await actorOf(db, 'yanis.belkacem');
  const list = await readOpml(
    Buffer.from(`<opml version="2.0"><body>
<outline xmlUrl="https://un.example/feed"/>
<outline xmlUrl="https://yanis:motsecret@prive.example/feed"/>
<outline xmlUrl="https://long.example/${'a'.repeat(2000)}"/>
<outline xmlUrl="ftp://vieux.example/feed"/>
<outline xmlUrl="https://deux.example/feed"/>
</body></opml>`),
  );
  const taken = await inTransaction(db, (tx) => takeList(tx, yanis, list));
  expect(taken).toMatchObject({ new: 2, known: 0 });
  const followed = (await ownSources(db, yanis)).map(({ feedUrl }) => feedUrl);
  expect(followed.sort()).toEqual(['https://deux.example/feed', 'https://un.example/feed']);

  const { skipped } = listInWords('fr', taken);
  expect(skipped.map(({ line }) => line)).toEqual([3, 4, 5]);
  expect(skipped[0]!.reason).toBe('l’adresse chez prive.example est trop longue ou contient un mot de passe');
  expect(skipped[2]!.reason).toMatch(/^«\sftp:\/\/vieux.example\/feed\s» n’est pas une adresse web$/);
  expect(JSON.stringify(taken)).not.toContain('motsecret');
});
