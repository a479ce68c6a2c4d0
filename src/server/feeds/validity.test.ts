/** Feeds by the letter: RSS 2.0 with its best practices, Atom (RFC 4287), JSON Feed 1.1, OPML 2.0. */
import { expect, test } from 'vitest';
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { Actor } from '#server/actor.ts';
import { landBlogs } from '#server/import/land.ts';
import { parseOpml } from '#server/syndication/opml.ts';
import { kindOf } from '#server/import/asked.ts';
import { myCommunities } from '#server/communities/list.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { answerFeed } from './answer.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const yanis = await actorOf(db, 'yanis.belkacem');
const origin = 'https://essaim.example';

await inTransaction(db, async (tx) => {
  const nasty = 'A \u0000\u0001\u001b\ufffe\uffff & <b>gras</b> ]]> "guillemets" 🦊 \ud83e';
  await createPost(tx, helene, {
    title: `Titre ${nasty}`.slice(0, 200),
    body: `${nasty}\n\n[ici](/communities) [note][^1] ![image](/x.png) <script>alert(1)</script>\n\n[^1]: Une note.`,
    status: 'published',
    tags: ['Flux & co', '<b>'],
  });
  await createPost(tx, helene, { body: 'Sans titre, <i>presque</i> & court.', status: 'published' });
  const post = {
    line: 1,
    coAuthors: [],
    kind: 'post',
    status: 'published',
    tags: [],
    comments: [],
    publishedAt: new Date(),
  } as const;
  await landBlogs(tx, helene, [
    {
      title: 'Balado',
      url: 'https://balado.example',
      authors: [{ key: 'a', name: 'Camille Onde' }],
      skipped: [],
      posts: [
        {
          ...post,
          tags: [],
          comments: [],
          coAuthors: [],
          key: 'son',
          author: 'a',
          title: 'Un son',
          body: 'À écouter.',
          url: 'https://balado.example/1',
          enclosure: { url: 'https://balado.example/1.mp3?a=1&b=2', type: 'audio/mpeg', length: 1234 },
        },
      ],
    },
  ]);
});

const read = async (path: string, actor: Actor) => {
  const url = new URL(`${origin}/feeds/${path}`);
  const answer = await answerFeed(db, {
    path: url.pathname.slice('/feeds/'.length),
    url,
    headers: new Headers(),
    session: actor,
  });
  return { text: await answer.text(), type: answer.headers.get('content-type') };
};

interface Element {
  name: string;
  uri: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** Well-formed, namespaces declared, no character that XML forbids: or it throws. */
function xml(text: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const root: Element = { name: '', uri: '', attributes: {}, children: [], text: '' };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }: SaxesTagNS) => {
    const values = Object.entries(attributes).map(([name, { value }]) => [name, value]);
    const element = {
      name: local,
      uri,
      attributes: Object.fromEntries(values) as Record<string, string>,
      children: [],
      text: '',
    };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  for (const event of ['text', 'cdata'] as const)
    parser.on(event, (more) => void (open.at(-1)!.text += more));
  parser.write(text).close();
  return root.children[0]!;
}

const all = (element: Element, name: string, uri = element.uri) =>
  element.children.filter((child) => child.name === name && child.uri === uri);
const one = (element: Element, name: string, uri = element.uri) => {
  const found = all(element, name, uri);
  expect(found, `one ${name}`).toHaveLength(1);
  return found[0]!;
};

const ATOM = 'http://www.w3.org/2005/Atom';
const CONTENT = 'http://purl.org/rss/1.0/modules/content/';
const RFC822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} (GMT|[+-]\d{4})$/;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const isAddress = (text: string | undefined) =>
  /^https?:\/\/[^\s<>"]+$/.test(text ?? '') && URL.canParse(text!);
const address = (text: string | undefined) => expect(isAddress(text), String(text)).toBe(true);
const html = (text: string) => {
  expect(text).not.toMatch(/<script| on\w+=/i);
  for (const [, link] of text.matchAll(/ (?:href|src)="([^"]*)"/g)) expect(isAddress(link), link).toBe(true);
};
const unique = (ids: (string | undefined)[]) => {
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^urn:uuid:[\da-f-]{36}$/);
};

const lists = [
  'all',
  'following',
  'people/helene.dargent',
  'communities/vigie',
  'tags/flux-co',
  'search',
  'people/nadia.rahmani',
];
const at = (list: string, format: string) => `${list}.${format}${list === 'search' ? '?q=son & <b>' : ''}`;

test.each(lists)('%s as RSS 2.0', async (list) => {
  const { text, type } = await read(at(list, 'rss'), yanis);
  expect(type).toBe('application/rss+xml; charset=utf-8');
  const rss = xml(text);
  expect([rss.name, rss.attributes.version]).toEqual(['rss', '2.0']);
  const channel = one(rss, 'channel');
  for (const name of ['title', 'link', 'description'])
    expect(one(channel, name).text.trim(), name).not.toBe('');
  address(one(channel, 'link').text);
  expect(one(channel, 'language').text).toMatch(/^(fr|en)$/);
  expect(one(channel, 'lastBuildDate').text).toMatch(RFC822);
  const self = one(channel, 'link', ATOM).attributes;
  expect(self).toMatchObject({ rel: 'self', type: 'application/rss+xml' });
  address(self.href);
  const items = all(channel, 'item');
  for (const item of items) {
    expect(all(item, 'title').length + all(item, 'description').length).toBeGreaterThan(0);
    address(one(item, 'link').text);
    expect(one(item, 'guid').attributes.isPermaLink).toBe('false');
    expect(one(item, 'pubDate').text).toMatch(RFC822);
    for (const enclosure of all(item, 'enclosure')) {
      address(enclosure.attributes.url);
      expect(enclosure.attributes).toMatchObject({
        type: expect.stringMatching(/^\w+\/[\w.+-]+$/) as string,
        length: expect.stringMatching(/^\d+$/) as string,
      });
    }
    for (const { text: description } of all(item, 'description')) html(description);
    html(one(item, 'encoded', CONTENT).text);
  }
  unique(items.map((item) => one(item, 'guid').text));
});

test.each(lists)('%s as Atom', async (list) => {
  const { text, type } = await read(at(list, 'atom'), yanis);
  expect(type).toBe('application/atom+xml; charset=utf-8');
  const feed = xml(text);
  expect([feed.name, feed.uri]).toEqual(['feed', ATOM]);
  address(one(feed, 'id').text);
  expect(one(feed, 'title').text).not.toBe('');
  expect(one(feed, 'updated').text).toMatch(RFC3339);
  const links = (element: Element, rel: string) =>
    all(element, 'link').filter(({ attributes }) => attributes.rel === rel);
  expect(links(feed, 'self')).toHaveLength(1);
  expect(links(feed, 'alternate')).toHaveLength(1);
  for (const link of all(feed, 'link')) address(link.attributes.href);
  const entries = all(feed, 'entry');
  for (const entry of entries) {
    expect(one(entry, 'title').text).not.toBe('');
    expect(one(entry, 'updated').text).toMatch(RFC3339);
    expect(one(entry, 'published').text).toMatch(RFC3339);
    const author = one(entry, 'author');
    expect(one(author, 'name').text).not.toBe('');
    for (const uri of all(author, 'uri')) address(uri.text);
    expect(links(entry, 'alternate')).toHaveLength(1);
    for (const link of all(entry, 'link')) address(link.attributes.href);
    for (const category of all(entry, 'category')) expect(category.attributes.term).toBeTruthy();
    const content = one(entry, 'content');
    expect(content.attributes.type).toBe('html');
    html(content.text);
  }
  unique(entries.map((entry) => one(entry, 'id').text));
});

test.each(lists)('%s as JSON Feed 1.1', async (list) => {
  const { text, type } = await read(at(list, 'json'), yanis);
  expect(type).toBe('application/feed+json; charset=utf-8');
  const feed = JSON.parse(text) as Record<string, unknown> & { items: Record<string, unknown>[] };
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
  expect(feed.title).toEqual(expect.any(String));
  for (const name of ['home_page_url', 'feed_url']) address(feed[name] as string);
  for (const item of feed.items) {
    address(item.url as string);
    html(item.content_html as string);
    for (const name of ['date_published', 'date_modified']) expect(item[name]).toMatch(RFC3339);
    for (const author of (item.authors ?? []) as { name?: string; url?: string }[]) address(author.url);
    for (const { url, mime_type: mime, size_in_bytes: size } of (item.attachments ?? []) as Record<
      string,
      unknown
    >[]) {
      address(url as string);
      expect([typeof mime, typeof size]).toEqual(['string', 'number']);
    }
  }
  unique(feed.items.map(({ id }) => id as string));
});

test('a sound that came with a post can be listened to elsewhere', async () => {
  const { text } = await read('people/camille.onde.rss', yanis);
  const item = one(one(xml(text), 'channel'), 'item');
  expect(one(item, 'enclosure').attributes).toEqual({
    url: 'https://balado.example/1.mp3?a=1&b=2',
    type: 'audio/mpeg',
    length: '1234',
  });
});

test('my communities as OPML 2.0, which can be imported again', async () => {
  const { text } = await read('communities.opml', helene);
  const opml = xml(text);
  expect([opml.name, opml.attributes.version]).toEqual(['opml', '2.0']);
  expect(one(one(opml, 'head'), 'title').text).not.toBe('');
  const { items } = await myCommunities(db, helene);
  const outlines = all(one(opml, 'body'), 'outline');
  expect(outlines).toHaveLength(items.length);
  for (const { attributes } of outlines) {
    expect(attributes).toMatchObject({ type: 'rss', text: expect.any(String) as string });
    for (const each of [attributes.xmlUrl, attributes.htmlUrl]) address(each);
  }
  expect(kindOf(Buffer.from(text))).toBe('opml');
  const list = await parseOpml(Buffer.from(text));
  expect([list.skipped, list.feeds.map(({ title }) => title)]).toEqual([[], items.map(({ name }) => name)]);
});
