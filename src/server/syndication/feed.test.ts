import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseFeed } from './feed.ts';
import { ImportError } from './types.ts';

const rss = (items: string, head = '<title>Le blog</title><link>https://b.fr/</link>') =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>${head}${items}</channel></rss>`;
const atom = (entries: string, head = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom">${head}${entries}</feed>`;
const read = (text: string, source = {}) => parseFeed(Buffer.from(text), source);

async function refusal(text: string | Uint8Array): Promise<ImportError> {
  const error = await parseFeed(Buffer.from(text)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ImportError);
  return error as ImportError;
}

describe('RSS', () => {
  test('an entry with all it has', async () => {
    const blog = await read(
      rss(`
      <item><title>Un &amp;amp; deux</title><link>/2010/un</link><guid isPermaLink="false">g1</guid>
      <pubDate>Sat, 02 Jan 2010 03:04:05 +0100</pubDate><dc:creator>Marie Dupré</dc:creator>
      <category>Vente</category><category>vente</category>
      <description>Court</description>
      <content:encoded><![CDATA[<p>Long <a href="x">lien</a></p><script>x</script>]]></content:encoded>
      <enclosure url="a.mp3" length="12" type="audio/mpeg"/><itunes:duration>1:02</itunes:duration>
      <enclosure url="/c.png" type="image/png"/></item>`),
    );
    expect(blog).toMatchObject({ title: 'Le blog', url: 'https://b.fr/', skipped: [] });
    expect(blog.authors).toEqual([{ key: 'marie dupre', name: 'Marie Dupré' }]);
    expect(blog.posts).toEqual([
      {
        key: 'g1',
        line: 2,
        author: 'marie dupre',
        coAuthors: [],
        kind: 'post',
        status: 'published',
        title: 'Un & deux',
        body: 'Long [lien](https://b.fr/2010/x)',
        excerpt: 'Court',
        url: 'https://b.fr/2010/un',
        publishedAt: new Date('2010-01-02T02:04:05Z'),
        tags: ['vente'],
        comments: [],
        enclosure: { url: 'https://b.fr/2010/a.mp3', type: 'audio/mpeg', length: 12, duration: 62 },
        cover: 'https://b.fr/c.png',
      },
    ]);
  });

  test('a title alone, a text alone, nothing', async () => {
    const blog = await read(
      rss(
        '<item><title>Seul</title></item>\n<item><description>Seul</description></item>\n<item><guid isPermaLink="false">g</guid></item>',
      ),
    );
    expect(blog.posts.map(({ title, body }) => [title, body])).toEqual([
      ['Seul', ''],
      ['', 'Seul'],
    ]);
    expect(blog.skipped).toEqual([{ line: 3, reason: 'An entry without title, text and address' }]);
    expect(blog.posts[0]!.publishedAt).toBeNull();
  });

  test('a date to come is now', async () => {
    const blog = await read(
      rss('<item><title>x</title><pubDate>Wed, 21 Oct 2099 07:28:00 GMT</pubDate></item>'),
    );
    expect(Math.abs(blog.posts[0]!.publishedAt!.getTime() - Date.now())).toBeLessThan(5000);
  });

  test('ids that identify nothing, and entries that stand twice', async () => {
    const entry = (guid: string, link: string) =>
      `<item><guid>${guid}</guid><title>${link}</title><link>https://b.fr/${link}</link></item>`;
    const blog = await read(rss(entry('g', 'a') + entry('g', 'b') + entry('h', 'c') + entry('h', 'c')));
    expect(blog.posts.map(({ key }) => key)).toEqual(['g#https://b.fr/a', 'g#https://b.fr/b', 'h']);
    expect(blog.skipped).toHaveLength(1);
  });
});

describe('other formats', () => {
  test('Atom: text, HTML and XHTML, bases, authors of the feed', async () => {
    const blog = await read(
      atom(
        `<entry><id>a</id><title>1 &lt; 2</title><link href="e/1"/><updated>2010-01-02T03:04:05Z</updated><content type="html">&lt;a href="x"&gt;x&lt;/a&gt;</content></entry>
        <entry><id>b</id><title type="html">&lt;i&gt;B&lt;/i&gt;</title><content type="xhtml" xml:base="/z/"><div xmlns="http://www.w3.org/1999/xhtml"><a href="y">y &amp; z</a></div></content></entry>
        <entry><id>c</id><title>C</title><content>a <![CDATA[<b>]]> c</content></entry>`,
        '<title>T</title><link href="/"/><author><name>Marie</name><email>m@b.fr</email></author>',
      ),
      { url: 'https://b.fr/feed' },
    );
    expect(blog.posts.map(({ title, body }) => [title, body])).toEqual([
      ['1 < 2', '[x](https://b.fr/e/x)'],
      ['B', '[y & z](https://b.fr/z/y)'],
      ['C', 'a \\<b> c'],
    ]);
    expect(blog.authors).toEqual([{ key: 'm@b.fr', name: 'Marie', email: 'm@b.fr' }]);
    expect(blog.posts[0]!.publishedAt).toEqual(new Date('2010-01-02T03:04:05Z'));
  });

  test('RDF', async () => {
    const blog = await read(
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>R</title><link>http://b.fr</link></channel><item rdf:about="http://b.fr/1"><title>Un</title><link>http://b.fr/1</link></item></rdf:RDF>',
    );
    expect(blog).toMatchObject({ title: 'R', posts: [{ key: 'http://b.fr/1', title: 'Un' }] });
  });

  test('JSON Feed', async () => {
    const blog = await read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'J <1>',
        home_page_url: 'https://b.fr',
        items: [
          {
            id: '1',
            content_text: 'a <b>\n\nc',
            tags: ['x'],
            attachments: [{ url: '/a.mp3', mime_type: 'audio/mpeg' }],
          },
          {
            id: '2',
            content_html: '<b>y</b>',
            url: 'https://b.fr/2',
            image: '/i.png',
            authors: [{ name: 'Marie' }],
          },
        ],
      }),
    );
    expect(blog).toMatchObject({
      title: 'J <1>',
      posts: [
        { body: 'a \\<b>\n\nc', tags: ['x'], enclosure: { url: 'https://b.fr/a.mp3' } },
        { body: '**y**', author: 'marie', cover: 'https://b.fr/i.png' },
      ],
    });
  });

  test("Blogger's export: posts, drafts, and comments in threads", async () => {
    const entry = (id: string, kind: string, inside: string) =>
      `<entry><id>tag:blogger.com,1999:blog-1.${id}</id><published>2010-01-0${id.at(-1)}T00:00:00Z</published><category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#${kind}"/><author><name>Marie</name><email>noreply@blogger.com</email></author><title>${id}</title>${inside}</entry>`;
    const reply =
      '<thr:in-reply-to xmlns:thr="http://purl.org/syndication/thread/1.0" ref="tag:blogger.com,1999:blog-1.post-1"/>';
    const draft =
      '<app:control xmlns:app="http://purl.org/atom/app#"><app:draft>yes</app:draft></app:control>';
    const blog = await read(
      atom(
        entry('settings.9', 'settings', '') +
          entry('post-1', 'post', '<content type="html">x</content>') +
          entry('post-2', 'post', draft) +
          entry(
            'post-4',
            'comment',
            `${reply}<content>deux</content><link rel="related" href="http://b/feeds/1/comments/default/3"/>`,
          ) +
          entry('post-3', 'comment', `${reply}<content>un</content>`)
            .replaceAll('post-3', 'post-3')
            .replace('1.post-3', '1.c-3'),
      ),
    );
    expect(blog.posts.map(({ title, status }) => [title, status])).toEqual([
      ['post-1', 'published'],
      ['post-2', 'draft'],
    ]);
    expect(blog.posts[0]!.comments.map(({ body, parentKey }) => [body, parentKey])).toEqual([
      ['un', undefined],
      ['deux', 'tag:blogger.com,1999:blog-1.c-3'],
    ]);
    expect(blog.authors).toEqual([{ key: 'marie', name: 'Marie' }]);
    expect(blog.skipped[0]!.reason).toBe('1 entry of type settings');
  });
});

describe('as found', () => {
  test.each([
    ['compressed without a word', gzipSync(rss('<item><title>été</title></item>'))],
    ['in Latin, undeclared', Buffer.from(rss('<item><title>été</title></item>'), 'latin1')],
    ['in UTF-16', Buffer.from(`\ufeff${rss('<item><title>été</title></item>')}`, 'utf16le')],
    ['after blank lines', Buffer.from(`\n\n <?xml version="1.0"?>${rss('<item><title>été</title></item>')}`)],
    ['with entities of HTML', Buffer.from(rss('<item><title>&eacute;t&eacute;</title></item>'))],
    [
      'with the DTD of 1999',
      Buffer.from(
        `<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://n.com/rss.dtd">${rss('<item><title>été</title></item>')}`,
      ),
    ],
    ['with control characters', Buffer.from(rss('<item><title>\u0001été\u0008</title></item>'))],
  ])('%s', async (_, bytes) => {
    expect((await parseFeed(bytes)).posts.map(({ title }) => title)).toEqual(['été']);
  });

  test('the charset of the header, when nothing else tells', async () => {
    const bytes = Buffer.from([
      ...Buffer.from('<rss version="2.0"><channel><title>'),
      0xf2,
      0xc5,
      ...Buffer.from('</title></channel></rss>'),
    ]);
    expect((await parseFeed(bytes, { contentType: 'text/xml; charset=koi8-r' })).title).toBe('Ре');
  });
});

describe('refused', () => {
  test.each([
    ['<html><body></body></html>', /web page/],
    ['<opml/>', /OPML/],
    ['bonjour', /not a feed/],
    ['', /not a feed/],
    ['{"a":\n[}', /not valid JSON/],
    ['{"a":1}', /not a feed/],
    [
      '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>',
      /entities of its own/,
    ],
    ['<rss version="2.0"><channel><item><title>x', /stops in the middle|broken/],
  ])('%s', async (text, reason) => expect((await refusal(text)).reason).toMatch(reason));

  test('a gzip bomb', async () => {
    expect((await refusal(gzipSync(Buffer.alloc(101_000_000)))).reason).toContain('cannot be unpacked');
  });
});

describe('hostile', () => {
  test('instructions that never end are read once', async () => {
    const start = process.cpuUsage();
    expect((await refusal('<?'.repeat(30_000))).reason).toContain('not a feed');
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(600);
  });

  test('signs that no database keeps are in no field, whatever their form', async () => {
    const bad = 'a\u0000b\ud800';
    const blog = await read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        ...{ title: bad, language: bad, authors: [{ name: bad, url: `https://x.example/${bad}` }] },
        items: [
          {
            ...{ id: bad, url: `https://x.example/${bad}`, title: bad, content_text: bad, tags: [bad] },
            attachments: [{ url: 'https://x.example/a.mp3', mime_type: bad }],
          },
          { id: 'bon', url: 'https://x.example/2', title: 'Bon' },
        ],
      }),
    );
    expect(blog.posts.map(({ title }) => title)).toEqual(['ab\ufffd', 'Bon']);
    expect(JSON.stringify(blog)).not.toMatch(/\\u0000|\\ud800/);
  });

  test('scripts and local addresses in every field', async () => {
    const bad = '&lt;script&gt;alert(1)&lt;/script&gt;&lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt;';
    const blog = await read(
      rss(
        `<item><title>${bad}</title><description>${bad}</description><link>javascript:alert(1)</link><author>${bad}</author><category>${bad}</category><enclosure url="file:///etc/passwd" type="audio/mpeg"/><enclosure url="javascript:x" type="image/png"/></item>`,
        `<title>${bad}</title><link>file:///etc/passwd</link>`,
      ),
    );
    expect(JSON.stringify(blog)).not.toMatch(/<script|javascript:|file:/);
  });

  test.each([
    '<item>',
    '<title>',
    '<item><title>',
    '<a>',
    '<![CDATA[',
    '<!--',
    '&',
    '<',
    '<item><description>',
  ])(
    'a hundred thousand %s take linear time',
    async (piece) => {
      const start = process.cpuUsage();
      await read(rss(piece.repeat(100_000))).catch((error: unknown) =>
        expect(error).toBeInstanceOf(ImportError),
      );
      expect(process.cpuUsage(start).user / 1000).toBeLessThan(8000);
    },
    60_000,
  );
});
