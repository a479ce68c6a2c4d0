/** Changes that no editor of texts makes: what others save afterwards is what they meant, to the letter. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Actor } from '#server/actor.ts';
import { testDatabase } from '../../../tests/database.ts';
import { pageStage } from '../../../tests/pages.ts';
import { actorOf } from '../../../tests/world.ts';
import { takeChange } from './change.ts';
import { changesSince } from './changes.ts';
import { textOf } from './document.ts';

const { db } = await testDatabase('world');
const elise = await actorOf(db, 'elise.perrin');
const lucie = await actorOf(db, 'lucie.ferrand');

const { write, refusal, home, page, save, read, stateOf } = await pageStage(db);
const shared = await home();

const PRICE = 'Le prix est de 100 euros.';
const begin = async () => (await page(elise, { community: shared, body: PRICE })).id;
const send = (actor: Actor, id: string, change: Uint8Array) =>
  write((tx) => takeChange(tx, actor, id, Buffer.from(change).toString('base64')));

/** What somebody makes of a page by hand, as a change. */
async function forged(id: string, forge: (document: Y.Doc) => void): Promise<Uint8Array> {
  const document = new Y.Doc();
  document.getText('text');
  Y.applyUpdate(document, (await stateOf(id)).state);
  const before = Y.encodeStateVector(document);
  forge(document);
  return Y.encodeStateAsUpdate(document, before);
}

const FORGERIES: Record<string, (document: Y.Doc) => void> = {
  'two pictures': (document) => {
    document.getText('text').insertEmbed(0, { image: 'a' });
    document.getText('text').insertEmbed(0, { image: 'b' });
  },
  'bold letters': (document) => document.getText('text').insert(3, 'gros ', { bold: true }),
  'marks on letters': (document) => document.getText('text').format(0, 5, { bold: true }),
  'a mark on the text': (document) => document.getText('text').setAttribute('junk', 'x'),
  'another map': (document) => document.getMap('junk').set('a', 'x'.repeat(1000)),
  'another list': (document) => document.getArray('junk').push([new Y.Text('caché')]),
  'another text': (document) => document.getText('junk').insert(0, 'caché'),
  'what was put in and taken out elsewhere': (document) => {
    document.getText('junk').insert(0, 'caché');
    document.getText('junk').delete(0, 5);
  },
  'a document within': (document) => document.getText('text').insertEmbed(0, new Y.Map([['a', 1]])),
};

describe('what is no letter of the text', () => {
  test.for(Object.entries(FORGERIES))('%s: refused, and nothing of it is kept', async ([, forge]) => {
    const id = await begin();
    const { state } = await stateOf(id);
    expect(await refusal(send(lucie, id, await forged(id, forge)))).toBe('page_change_not_text');
    expect((await stateOf(id)).state).toEqual(state);
    const saved = await save(elise, id, 'Le prix est de 250 euros, ferme.', 1);
    expect(saved.body).toBe('Le prix est de 250 euros, ferme.');
    expect((await read(lucie, id)).body).toBe(saved.body);
    expect(textOf((await stateOf(id)).state)).toBe(saved.body);
  });

  test('what leans on words that never came is refused', async () => {
    const id = await begin();
    const document = new Y.Doc();
    Y.applyUpdate(document, (await stateOf(id)).state);
    document.getText('text').insert(0, 'Perdu. ');
    const known = Y.encodeStateVector(document);
    document.getText('text').insert(3, 'Encore. ');
    expect(await refusal(send(lucie, id, Y.encodeStateAsUpdate(document, known)))).toBe(
      'page_change_unreadable',
    );
  });

  test.for(Object.entries(FORGERIES).filter(([name]) => name !== 'bold letters'))(
    '%s that stood there before: whoever saves, writes or reads has the text alone',
    async ([, forge]) => {
      const id = await begin();
      const { state } = await stateOf(id);
      const bad = Buffer.from(Y.mergeUpdates([state, await forged(id, forge)]));
      const plant = () => sql`update pages set state = ${bad} where id = ${id}`.execute(db);
      await plant();
      const { changes } = await changesSince(db, lucie, id, 0);
      const shown = new Y.Doc();
      for (const change of changes) Y.applyUpdate(shown, Buffer.from(change, 'base64'));
      expect(shown.getText('text').toString()).toBe(PRICE);
      expect(shown.getText('text').length).toBe(PRICE.length);

      const known = Y.encodeStateVector(shown);
      shown.getText('text').insert(PRICE.length, ' Net.');
      await send(lucie, id, Y.encodeStateAsUpdate(shown, known));
      expect((await read(elise, id)).body).toBe(`${PRICE} Net.`);

      const { version } = await read(elise, id);
      const saved = await save(elise, id, 'Le prix est de 250 euros, ferme.', version);
      expect(saved.body).toBe('Le prix est de 250 euros, ferme.');
      expect(await read(lucie, id)).toMatchObject({ body: saved.body, version: saved.version });
      expect(textOf((await stateOf(id)).state)).toBe(saved.body);
      const whole = new Y.Doc();
      Y.applyUpdate(whole, (await stateOf(id)).state);
      expect(whole.getText('text').length).toBe(saved.body.length);
    },
  );
});

describe('what would keep everybody waiting', () => {
  const typed = async (id: string, letters: number) => {
    const parts: Uint8Array[] = [];
    await forged(id, (document) => {
      document.on('update', (part: Uint8Array) => parts.push(part));
      const text = document.getText('text');
      for (let at = 0; at < letters; at += 1) text.insert(at % 3 ? at : 0, 'é');
    });
    return Y.mergeUpdates(parts);
  };

  test('thousands of letters typed one by one are taken, tens of thousands of pieces are not', async () => {
    const id = await begin();
    expect(await refusal(send(lucie, id, await typed(id, 2_000)))).toBe('done');
    expect((await read(elise, id)).body).toHaveLength(PRICE.length + 2_000);
    const pieces = await forged(id, (document) => {
      const text = document.getText('text');
      document.transact(() => {
        for (let at = 0; at < 21_000; at += 1) text.insert((at * 7919) % text.length, 'b');
      });
    });
    expect(await refusal(send(lucie, id, pieces))).toBe('page_change_too_large');
  });

  test('letters that claim a place across the whole text are refused before they are put there', async () => {
    const id = await begin();
    const { body, version } = await read(elise, id);
    let { state } = await stateOf(id);
    const document = new Y.Doc();
    Y.applyUpdate(document, state);
    const text = document.getText('text');
    document.transact(() => {
      for (let at = 0; at < 3_000; at += 1) text.insert((at * 7919) % text.length, 'b');
    });
    state = Buffer.from(Y.encodeStateAsUpdate(document));
    await sql`update pages set state = ${state} where id = ${id}`.execute(db);
    const far = Array.from({ length: 200 }, (_, at) => {
      const one = new Y.Doc();
      one.clientID = 2 ** 32 - 1000 + at;
      one.getText('text').insert(0, 'z');
      return Y.encodeStateAsUpdate(one);
    });
    expect(await refusal(send(lucie, id, Y.mergeUpdates(far)))).toBe('page_change_unreadable');
    expect(await read(elise, id)).toMatchObject({ body, version });
  });
});

test('words sent under the mark of somebody else do not take the place of his', async () => {
  const id = await begin();
  const hers = new Y.Doc();
  Y.applyUpdate(hers, (await stateOf(id)).state);
  const sent: Uint8Array[] = [];
  hers.on('update', (change: Uint8Array) => sent.push(change));
  const text = hers.getText('text');
  text.insert(0, 'Note. ');
  await send(elise, id, sent[0]!);
  // The same again, as a network does that lost the answer, also where Lucie took the words out meanwhile.
  expect(await refusal(send(elise, id, sent[0]!))).toBe('done');
  await save(lucie, id, PRICE, 2);
  expect(await refusal(send(elise, id, sent[0]!))).toBe('done');

  const future = await forged(id, (document) => {
    document.clientID = hers.clientID;
    document.getText('text').insert(0, 'x'.repeat(500));
    document.getText('text').delete(0, 500);
  });
  await send(lucie, id, future);
  text.insert(text.length, ' Remise de 5 %.');
  expect(await refusal(send(elise, id, sent[1]!))).toBe('page_change_twice');
});
