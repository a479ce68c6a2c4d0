import { expect, test } from 'vitest';
import { addComment } from '#server/conversation/comment.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { deletePost } from '#server/posts/remove.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { threadsOf } from '../conversation/thread.ts';
import { parseQuery } from './query.ts';
import { search } from './search.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const thomas = await actorOf(db, 'thomas.gauthier');
const guest = await actorOf(db, 'pierre.alonzo');

test('a day or a place that no calendar has is refused, not asked of the database', async () => {
  const refused = { code: 'invalid' };
  for (const day of ['0000-01-01', '2024-02-30', '2024-13-01', '2024-1-1', 'hier']) {
    await expect(search(db, thomas, { q: 'mot', from: day })).rejects.toMatchObject(refused);
    await expect(search(db, thomas, { q: 'mot', to: day })).rejects.toMatchObject(refused);
  }
  await search(db, thomas, { q: 'mot', from: '0001-01-01', to: '9999-12-31' });
  for (const at of ['0000-06-01T00:00:00Z', '0001-01-01T00:00:00+01:00']) {
    const cursor = Buffer.from(JSON.stringify([at, thomas.id])).toString('base64url');
    await expect(threadsOf(db, thomas, thomas.id, { cursor })).rejects.toMatchObject(refused);
  }
});

const publish = (
  input: { title?: string; body: string; tags?: string[]; community?: string },
  actor = helene,
) => inTransaction(db, (tx) => createPost(tx, actor, { status: 'published', ...input }));
const find = async (q: string, actor = thomas, rest: object = {}) =>
  (await search(db, actor, { q, ...rest })).items.filter(
    (hit) => hit.kind === 'post' || hit.kind === 'comment',
  );

const lost = await publish({
  title: 'L’appel d’offres de Kerguelen',
  body: 'Les **cylindrées** ont changé. Nous avions négocié <prix> & délais avec l’élève du directeur. We were running late.',
  tags: ['zygomatique'],
});

test('French and English forms, accents and elision are folded', async () => {
  for (const q of [
    "l'appel d'offres kerguelen",
    'appels d offre kerguelen',
    'kerguelen cylindree',
    'KERGUELEN négocier',
    'kerguelen negocie',
    'eleve kerguelen',
    'kerguelen run',
  ]) {
    expect(
      (await find(q)).map((hit) => hit.id),
      q,
    ).toContain(lost.id);
  }
});

test('words are found whatever sign stands between them, and numbers as they are written', async () => {
  const { id } = await publish({
    title: 'Accord prix/délai avec xylocope.example au Val-d’Ombre',
    body: 'La fin.Début du lot 3 : ISO-9001, pompe 2.0, J+7, SAP/Salesforce, à voir avec @yanis.belkacem ou jean@norvalt.example.',
  });
  for (const q of [
    'xylocope prix',
    'xylocope délai',
    'xylocope.example',
    '"prix délai" xylocope',
    '"prix/délai" xylocope',
    '"val d ombre" xylocope',
    '"val-d’ombre" xylocope',
    'xylocope début',
    'xylocope 9001',
    'xylocope iso-9001',
    'xylocope 2.0',
    'xylocope lot 3',
    'xylocope 7',
    'xylocope salesforce',
    'xylocope belkacem',
    'xylocope jean@norvalt.example',
  ]) {
    expect(
      (await find(q)).map((hit) => hit.id),
      q,
    ).toEqual([id]);
  }
  for (const q of ['xylocope 2.1', 'xylocope lot 4', 'xylocope -salesforce', 'xylocope -"prix/délai"'])
    expect(await find(q), q).toEqual([]);
  const [hit] = await find('salesforce délai 9001');
  expect(hit?.titleHtml).toBe('Accord prix/<mark>délai</mark> avec xylocope.example au Val-d’Ombre');
  expect(hit?.snippetHtml).toContain('ISO-<mark>9001</mark>');
  expect(hit?.snippetHtml).toContain('SAP/<mark>Salesforce</mark>');
});

test('what is excluded finds no names', async () => {
  const names = async (q: string) => (await search(db, thomas, { q })).items.map((hit) => hit.url);
  for (const q of ['-dargent', '-"Hélène Dargent"', '- -', '-']) expect(await names(q), q).toEqual([]);
  expect(await names('dargent -zygomatique')).toContain('/people/helene.dargent');
  expect(await names('"Hélène Dargent"')).toContain('/people/helene.dargent');
});

test('the last word matches by its beginning, a phrase as it stands, an exclusion removes', async () => {
  expect(await find('kergue')).toHaveLength(1);
  expect(await find('kergue ')).toHaveLength(0);
  expect(await find('"élève du directeur"')).toHaveLength(1);
  expect(await find('"directeur du élève"')).toHaveLength(0);
  expect(await find('kerguelen -cylindrées')).toHaveLength(0);
});

test('snippets mark the words and hold no other markup', async () => {
  const [hit] = await find('kerguelen prix');
  expect(hit?.snippetHtml).toContain('&lt;<mark>prix</mark>');
  expect(hit?.snippetHtml.replace(/<\/?mark>/g, '')).not.toMatch(/[<>]/);
  await publish({ title: 'Le <b>quokka</b> & nous', body: 'Un **quo**kka, disait-*il*.' });
  const [title] = await find('quokka');
  expect(title?.titleHtml).toBe('Le &lt;b&gt;<mark>quokka</mark>&lt;/b&gt; &amp; nous');
  expect(title?.snippetHtml).toBe('<mark>quokka</mark>, disait');
});

test('names and tags are found with typing errors', async () => {
  const names = async (q: string) => (await search(db, thomas, { q })).items.map((hit) => hit.url);
  expect(await names('dargen')).toContain('/people/helene.dargent');
  expect(await names('héléne dargant')).toContain('/people/helene.dargent');
  expect(await names('zygomatiqe')).toContain('/tags/zygomatique');
  expect(await names('apels offres')).toContain('/communities/appels-offres');
});

test('what is said is found at commit, and only by those who may see it', async () => {
  const { id: entryId } = await publish({ body: 'Sujet clos : xylographe.', community: 'appels-offres' });
  const comment = await inTransaction(db, (tx) =>
    addComment(tx, thomas, { entryId, body: 'Et ornithorynque.' }),
  );
  const stranger = await actorOf(db, 'yanis.belkacem');
  for (const q of ['xylographe', 'ornithorynque']) {
    expect(await find(q, thomas), q).toHaveLength(1);
    expect(await find(q, stranger), q).toEqual([]);
    expect((await search(db, stranger, { q })).found.texts).toBe(0);
    expect(await find(q, guest), q).toEqual([]);
  }
  expect((await find('ornithorynque'))[0]?.url).toBe(
    `/posts/${entryId}?comment=${comment.id}#comment-${comment.id}`,
  );
  await inTransaction(db, (tx) => deletePost(tx, helene, entryId));
  expect(await find('xylographe')).toEqual([]);
});

test('filters narrow by community, person, tag, day and kind', async () => {
  expect(await find('kerguelen', thomas, { tag: 'zygomatique' })).toHaveLength(1);
  expect(await find('kerguelen', thomas, { tag: 'autre' })).toHaveLength(0);
  expect(await find('kerguelen', thomas, { person: 'helene.dargent' })).toHaveLength(1);
  for (const person of ['@Helene.Dargent', 'helene dargent', 'Hélène Dargent'])
    expect(await find('kerguelen', thomas, { person }), person).toHaveLength(1);
  expect(await find('kerguelen', thomas, { tag: '#Zygomatique' })).toHaveLength(1);
  expect(await find('kerguelen', thomas, { person: 'thomas.gauthier' })).toHaveLength(0);
  expect(await find('kerguelen', thomas, { community: 'le-metier' })).toHaveLength(0);
  expect(await find('kerguelen', thomas, { from: '2999-01-01' })).toHaveLength(0);
  expect(await find('kerguelen', thomas, { kind: 'comment' })).toHaveLength(0);
  await expect(find('x', thomas, { from: 'hier' })).rejects.toMatchObject({ fields: { from: 'not_a_day' } });
});

test('the newest first, where that is asked', async () => {
  const { id: titled } = await publish({ title: 'Wombat', body: 'Wombat.' });
  const { id: later } = await publish({ body: `Un wombat ${'et autre chose '.repeat(40)}.` });
  const order = async (asked: object) => (await find('wombat', thomas, asked)).map((hit) => hit.id);
  expect(await order({})).toEqual([titled, later]);
  expect(await order({ order: 'newest' })).toEqual([later, titled]);
});

test('nothing typed breaks it', async () => {
  for (const q of [
    '',
    ' ',
    '"',
    '-',
    '- -',
    "'",
    '\\',
    ':*',
    '&|!',
    '<->',
    '\u0000',
    '\uD800',
    '((((',
    'a'.repeat(5000),
    '%',
    '_',
    'les des la',
  ]) {
    await expect(search(db, thomas, { q })).resolves.toHaveProperty('items');
  }
});

test('the box is read as a person means it', () => {
  expect(parseQuery("l'appel d'offres")).toMatchObject({ words: ['appel', 'offres'], prefix: true });
  expect(parseQuery('prix -remise "fin de mois" ')).toEqual({
    words: ['prix'],
    phrases: ['fin de mois'],
    excluded: ['remise'],
    prefix: false,
  });
  expect(parseQuery('les')).toMatchObject({ words: ['les'] });
  expect(parseQuery('prix lot prix "lot 3" lot "lot 3"')).toMatchObject({
    words: ['prix', 'lot'],
    phrases: ['lot 3'],
  });
});
