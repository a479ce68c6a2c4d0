import { expect, test } from 'vitest';
import french from '#messages/fr.json' with { type: 'json' };
import type { Actor } from '../actor.ts';
import { changeAccess } from '../communities/edit.ts';
import { foundCommunity } from '../communities/found.ts';
import { askForImport } from '../import/asked.ts';
import { attachAddress, followAddresses, unfollowBlog } from '../import/blogs.ts';
import { createPerson } from '../people/create.ts';
import { landBlogs } from '../import/land.ts';
import { editNetwork } from '../people/network.ts';
import { readNetwork } from '../people/setup.ts';
import { changeRole, deactivatePerson } from '../people/roles.ts';
import { createToken } from '../people/tokens.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { auditLog, AUDITED, type AuditSearch } from './audit.ts';
import { hideThing } from './hide.ts';
import { reportThing } from './report.ts';
import { resolveReport } from './resolve.ts';

const { db } = await testDatabase();
const [helene, nadia, thomas, claire, bastien, lucie] = (await Promise.all(
  [
    'helene.dargent',
    'nadia.rahmani',
    'thomas.gauthier',
    'claire.martin',
    'bastien.vasseur',
    'lucie.ferrand',
  ].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor, Actor, Actor, Actor];

const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const log = async (actor: Actor, where: AuditSearch = {}) =>
  (await auditLog(db, actor, { limit: 100, ...where })).items;
const publish = async (actor: Actor, community?: string) =>
  (
    await act((tx) =>
      createPost(tx, actor, { title: 'Zorglonde', body: 'Zorglonde.', community, status: 'published' }),
    )
  ).id;
const hide = (actor: Actor, id: string) =>
  act((tx) => hideThing(tx, actor, { on: 'entry', id, reason: 'Prix d’un client.' }));

test('tells who did what to whom, when and why, and no word of a post', async () => {
  const { id } = await act((tx) => createPerson(tx, { name: 'Odile Quercy', createdBy: nadia.id }));
  await act((tx) => changeRole(tx, helene, id, 'moderator'));
  await act((tx) => deactivatePerson(tx, nadia, id));
  await act((tx) => createToken(tx, claire, { name: 'mon agenda' }));
  const post = await publish(claire);
  await hide(thomas, post);
  expect((await log(nadia)).slice(0, 5)).toMatchObject([
    {
      name: 'post.hidden',
      actor: { handle: 'thomas.gauthier' },
      url: `/posts/${post}`,
      details: { reason: 'Prix d’un client.' },
    },
    {
      name: 'token.created',
      kind: 'security',
      actor: { handle: 'claire.martin' },
      details: { name: 'mon agenda' },
    },
    { name: 'person.deactivated', actor: { handle: 'nadia.rahmani' }, person: { name: 'Odile Quercy' } },
    {
      name: 'person.role_changed',
      actor: { handle: 'helene.dargent' },
      details: { from: 'member', to: 'moderator' },
    },
    { name: 'person.created', kind: 'people', person: { name: 'Odile Quercy' } },
  ]);
  expect(JSON.stringify(await log(nadia))).not.toContain('orglonde');
});

test('tells what was brought in by somebody, not what arrives by itself', async () => {
  const blog = { title: 'Un vieux blog', url: 'https://vieux.example', authors: [], posts: [], skipped: [] };
  await act((tx) => landBlogs(tx, nadia, [blog]));
  expect((await log(nadia))[0]).toMatchObject({
    name: 'import.landed',
    actor: { handle: 'nadia.rahmani' },
    details: { name: 'Un vieux blog' },
  });
  const before = await log(nadia);
  await act((tx) => landBlogs(tx, claire, [blog], { authorId: claire.id }));
  await act((tx) => landBlogs(tx, nadia, [blog], { refresh: true }));
  expect(await log(nadia)).toEqual(before);
});

test('a network is renamed by those who run it', async () => {
  for (const name of [' ', 'x'.repeat(91)])
    await expect(act((tx) => editNetwork(tx, nadia, { name }))).rejects.toMatchObject({ code: 'invalid' });
  await expect(act((tx) => editNetwork(tx, thomas, { name: 'Autre' }))).rejects.toMatchObject({
    reason: 'admins_only',
  });
  await act((tx) => editNetwork(tx, nadia, { name: ' Aubrelle \n & Fils ' }));
  expect(await readNetwork(db)).toEqual({ name: 'Aubrelle & Fils', language: 'fr' });
  await act((tx) => editNetwork(tx, nadia, { language: 'en' }));
  const { id } = await act((tx) => createPerson(tx, { name: 'Odile Quercy', createdBy: nadia.id }));
  const newcomer = db.selectFrom('people').select('language').where('id', '=', id);
  expect(await newcomer.executeTakeFirst()).toEqual({ language: 'en' });
  await act((tx) => editNetwork(tx, nadia, { language: 'fr' }));
  expect((await log(helene))[0]).toMatchObject({
    name: 'network.changed',
    actor: { handle: 'nadia.rahmani' },
  });
});

test('is for those who run the network', async () => {
  for (const actor of [thomas, claire, bastien])
    await expect(log(actor)).rejects.toMatchObject({ code: 'forbidden', reason: 'admins_only' });
});

test('a secret community, and what is hidden in a closed one, is told to its members only', async () => {
  const before = await log(nadia);
  await hide(bastien, await publish(claire, 'face-a-norvalt'));
  await hide(lucie, await publish(claire, 'vigie'));
  await act((tx) => foundCommunity(tx, claire, { name: 'Zorglonde', access: 'secret' }));
  const report = await act(async (tx) =>
    reportThing(tx, claire, { on: 'entry', id: await publish(bastien, 'face-a-norvalt'), reason: 'privacy' }),
  );
  await act((tx) => resolveReport(tx, helene, report.id, { outcome: 'nothing' }));
  expect(await log(nadia)).toEqual(before);
  const member = await log(helene);
  expect(member.slice(0, 2).map(({ name }) => name)).toEqual(['report.resolved', 'post.hidden']);
  expect(JSON.stringify(member)).not.toContain('orglonde');
});

test('what was open becomes secret, and is told no more', async () => {
  const { slug } = await act((tx) => foundCommunity(tx, claire, { name: 'Le chantier', access: 'open' }));
  const about = async () => JSON.stringify(await log(nadia, { kind: 'communities' })).includes('Le chantier');
  expect(await about()).toBe(true);
  await act((tx) => changeAccess(tx, claire, slug, 'secret'));
  expect(await about()).toBe(false);
});

test('nobody reads there that his own words were judged', async () => {
  const report = await act(async (tx) =>
    reportThing(tx, claire, { on: 'entry', id: await publish(nadia), reason: 'privacy' }),
  );
  await act((tx) => resolveReport(tx, thomas, report.id, { outcome: 'nothing' }));
  expect((await log(helene))[0]).toMatchObject({ name: 'report.resolved', details: { outcome: 'nothing' } });
  expect((await log(nadia))[0]?.name).not.toBe('report.resolved');
});

test('narrows by kind and by person, and pages without losing or repeating a line', async () => {
  for (let n = 0; n < 7; n++) await act((tx) => createToken(tx, lucie, { name: `jeton ${n}` }));
  const all = await log(nadia, { kind: 'security', person: ' @Lucie.Ferrand' });
  expect(all).toHaveLength(7);
  expect(all.every(({ actor, kind }) => actor?.handle === 'lucie.ferrand' && kind === 'security')).toBe(true);
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await auditLog(db, nadia, { person: 'lucie.ferrand', limit: 3, cursor: cursor ?? null });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  expect(ids).toEqual((await log(nadia, { person: 'lucie.ferrand' })).map(({ id }) => id));
  expect(await log(nadia, { kind: 'nimporte' })).toEqual([]);
  expect(await log(nadia, { person: 'personne.du-tout' })).toEqual([]);
  await expect(log(nadia, { cursor: 'zzz' })).rejects.toMatchObject({ code: 'invalid' });
});

test('outside authors that an import brings are no arrivals', async () => {
  const before = await log(nadia);
  await act((tx) => createPerson(tx, { name: 'Jeanne Dehors', status: 'outside' }));
  expect(await log(nadia)).toEqual(before);
});

test('tells of what an admin brings in from elsewhere, where one may read it', async () => {
  const content = { name: 'blog.opml', bytes: Buffer.from('<opml/>') };
  await act((tx) => askForImport(tx, nadia, { content }));
  const before = await log(nadia);
  expect(before[0]).toMatchObject({ name: 'import.asked', actor: { handle: 'nadia.rahmani' } });
  const feeds = ['https://un.example/feed', 'https://deux.example/feed'].map((xmlUrl) => ({
    xmlUrl,
    title: '',
  }));
  const community = 'face-a-norvalt';
  const { ids } = await act((tx) => followAddresses(tx, helene, feeds.slice(0, 1), { community }));
  await act((tx) => unfollowBlog(tx, helene, ids[0]!));
  expect((await log(helene)).map(({ name }) => name).slice(0, 2)).toEqual(['blog.detached', 'blog.followed']);
  expect(await log(nadia)).toEqual(before);
  await act((tx) => followAddresses(tx, nadia, feeds.slice(1)));
  expect((await log(helene))[0]?.name).toBe('blog.followed');
  await act((tx) => attachAddress(tx, claire, 'https://trois.example/feed'));
  expect((await log(helene))[0]).toMatchObject({ name: 'blog.attached', actor: { handle: claire.handle } });
});

test('every line has its sentence', () => {
  const names = Object.values(AUDITED).flat();
  expect(names.filter((name) => !(name.replace('.', '_') in french.order.audit))).toEqual([]);
});
