import { describe, expect, test } from 'vitest';
import { comment, item, marie, wxr } from './wxr-sample.ts';
import { parseWxr } from './wxr.ts';

async function only(inside: string) {
  const blog = await parseWxr(wxr(marie + item(inside)));
  expect(blog.posts).toHaveLength(1);
  return { ...blog.posts[0]!, skipped: blog.skipped };
}

describe('a post', () => {
  test('with all it has', async () => {
    const post = await only(`
      <link>/2010/un</link>
      <content:encoded><![CDATA[Un <b>mot</b>.\n\nDeux & trois]]></content:encoded>
      <excerpt:encoded>Court</excerpt:encoded>
      <wp:post_modified_gmt>2011-01-01 00:00:00</wp:post_modified_gmt>
      <category domain="category" nicename="vente"><![CDATA[Vente]]></category>
      <category domain="post_tag" nicename="rd">R&amp;D</category>
      <category>vente</category>
      <category domain="category" nicename="uncategorized">Non classé</category>
      <category domain="post_format" nicename="x">Aside</category>
      <enclosure url="https://b.fr/a.mp3" length="12" type="audio/mpeg" />`);
    expect(post).toMatchObject({
      key: 'https://b.fr/?p=1',
      author: 'marie',
      coAuthors: [],
      kind: 'post',
      status: 'published',
      title: 'Un',
      body: 'Un **mot**.\n\nDeux & trois',
      excerpt: 'Court',
      url: 'https://b.fr/2010/un',
      publishedAt: new Date('2010-01-02T03:04:05Z'),
      updatedAt: new Date('2011-01-01T00:00:00Z'),
      tags: ['Vente', 'R&D'],
      enclosure: { url: 'https://b.fr/a.mp3', type: 'audio/mpeg', length: 12 },
    });
  });

  test.each([
    ['<wp:status>private</wp:status>', 'private'],
    ['<wp:status>publish</wp:status><wp:post_password>x</wp:post_password>', 'private'],
    ['<wp:status>future</wp:status>', 'draft'],
    ['<wp:status>pending</wp:status>', 'draft'],
  ])('%s is %s', async (inside, status) => {
    const blog = await parseWxr(wxr(item(inside).replace('<wp:status>publish</wp:status>', '')));
    expect(blog.posts[0]!.status).toBe(status);
    expect(blog.posts[0]!.publishedAt === null).toBe(status === 'draft');
  });

  test('trash, revisions and menus stay out, counted', async () => {
    const trash = (id: number) => item('', id).replace('publish', 'trash');
    const menu = item('', 9).replace('>post<', '>nav_menu_item<');
    const blog = await parseWxr(wxr(trash(1) + trash(2) + menu + item('', 3)));
    expect(blog.posts).toHaveLength(1);
    expect(blog.skipped.map(({ reason }) => reason)).toEqual([
      '2 entries with status trash',
      '1 entry of type nav_menu_item, neither post nor page',
    ]);
    expect(blog.skipped[0]!.line).toBe(4);
  });

  test('dates fall back from GMT to local to pubDate', async () => {
    const dated = (dates: string) =>
      parseWxr(wxr(item(dates).replace(/<wp:post_date_gmt>[^<]*<\/wp:post_date_gmt>/, ''))).then(
        ({ posts }) => posts[0]!.publishedAt?.toISOString() ?? null,
      );
    const zero = '<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>';
    expect(await dated(`${zero}<wp:post_date>2010-05-06 07:08:09</wp:post_date>`)).toBe(
      '2010-05-06T07:08:09.000Z',
    );
    expect(await dated(`${zero}<pubDate>Thu, 06 May 2010 09:08:09 +0200</pubDate>`)).toBe(
      '2010-05-06T07:08:09.000Z',
    );
    expect(await dated(zero)).toBeNull();
  });

  test('its cover and its gallery come from the attachments, even later ones', async () => {
    const attachment = (id: number) =>
      item(
        `<wp:attachment_url>https://b.fr/${id}.jpg</wp:attachment_url><wp:post_parent>1</wp:post_parent>`,
        id,
      ).replace('>post<', '>attachment<');
    const thumbnail =
      '<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>5</wp:meta_value></wp:postmeta>';
    const post = item(`${thumbnail}<content:encoded>[gallery ids="6"]</content:encoded>`);
    const blog = await parseWxr(wxr(post + attachment(5) + attachment(6)));
    expect(blog.posts).toMatchObject([{ cover: 'https://b.fr/5.jpg', body: '![](https://b.fr/6.jpg)' }]);
  });

  test('co-authors sign with the author', async () => {
    const signed = (login: string, name: string) =>
      `<category domain="author" nicename="cap-${login}">${name}</category>`;
    const { author, coAuthors } = await only(
      signed('marie', 'Marie Dupré') + signed('paul', 'Paul') + signed('paul', 'Paul'),
    );
    expect({ author, coAuthors }).toEqual({ author: 'marie', coAuthors: ['paul'] });
  });

  test('two entries with one guid are told apart by their number, the same entry twice is not kept twice', async () => {
    const twice = item('', 1) + item('', 1) + item('', 2).replace('?p=2', '?p=1');
    const blog = await parseWxr(wxr(twice));
    expect(blog.posts.map(({ key }) => key)).toEqual([
      'https://b.fr/?p=1',
      'https://b.fr/?p=1#post-1',
      'https://b.fr/?p=1#post-2',
    ]);
  });
});

describe('comments', () => {
  test('only the approved, in threads; what is lost or circular goes to the top', async () => {
    const post = await only(
      comment(1, '<wp:comment_approved><![CDATA[1]]></wp:comment_approved>', 2) +
        comment(2, '<wp:comment_approved>1</wp:comment_approved>', 1) +
        comment(3, '<wp:comment_approved>1</wp:comment_approved>', 99) +
        comment(
          4,
          '<wp:comment_approved>1</wp:comment_approved><wp:comment_type>pingback</wp:comment_type>',
        ) +
        comment(5, '<wp:comment_approved>spam</wp:comment_approved>') +
        comment(6, '<wp:comment_approved>0</wp:comment_approved>') +
        comment(7, '<wp:comment_approved>0</wp:comment_approved>'),
    );
    const key = (id: number) => `https://b.fr/?p=1#comment-${id}`;
    expect(post.comments.map(({ key: own, parentKey, kind }) => [own, parentKey, kind])).toEqual([
      [key(1), undefined, 'comment'],
      [key(2), key(1), 'comment'],
      [key(3), undefined, 'comment'],
      [key(4), undefined, 'pingback'],
    ]);
    expect(post.skipped.map(({ reason }) => reason)).toEqual([
      '1 comment marked as spam',
      '2 comments waiting for approval',
    ]);
  });

  test('a signed-in commenter is the author of that number', async () => {
    const post = await only(
      comment(
        1,
        '<wp:comment_user_id>7</wp:comment_user_id><wp:comment_author_url>javascript:x</wp:comment_author_url>',
      ),
    );
    expect(post.comments[0]!.author).toEqual({ name: 'Paul', userKey: 'marie' });
  });
});

describe('flawed, and read all the same', () => {
  test('entries that share an id, or have none, are each kept, and the same when read again', async () => {
    const bare = (text: string) =>
      `<item><guid>https://b.fr/</guid><wp:post_type>post</wp:post_type><content:encoded>${text}</content:encoded></item>`;
    const file = wxr(['Un', 'Deux', 'Trois', 'Trois'].map(bare).join(''));
    const [once, again] = [await parseWxr(file), await parseWxr(file)];
    expect(once.posts.map(({ body }) => body)).toEqual(['Un', 'Deux', 'Trois']);
    expect(new Set(once.posts.map(({ key }) => key)).size).toBe(3);
    expect(again.posts.map(({ key }) => key)).toEqual(once.posts.map(({ key }) => key));
    expect(once.skipped).toHaveLength(1);
  });

  test('characters that stand for themselves, entities of HTML, nested CDATA, control characters', async () => {
    const post = await only(
      '<title>Toi & moi &eacute; &nbsp; 1 < 2</title><content:encoded><![CDATA[a <![CDATA[ b ]]> c <i>d</i>\u0001]]></content:encoded>'
        .replace('<title>', '<excerpt:encoded>')
        .replace('</title>', '</excerpt:encoded>'),
    );
    expect(post.excerpt).toContain('Toi & moi é');
    expect(post.body).toContain('*d*');
    expect(post.body).toMatch(/a {1,2}b/);
  });

  test('a warning before the XML, undeclared namespaces, a byte order mark', async () => {
    const bytes = wxr(
      item('<foo:bar>x</foo:bar>'),
      '\ufeff\n<br />\n<b>Warning</b>: x in /var/www\n<?xml version="1.0"?>',
    );
    expect((await parseWxr(bytes)).posts).toHaveLength(1);
  });

  test.each([
    ['iso-8859-1', 'latin1', 'été'],
    ['utf-8', 'latin1', 'été'],
    ['iso-8859-1', 'utf8', 'été €'],
    ['utf-16', 'utf16le', 'été €'],
    ['nonsense', 'utf8', 'été'],
  ] as const)('declared %s, written in %s', async (declared, written, text) => {
    const source = wxr(
      item(`<excerpt:encoded>${text}</excerpt:encoded>`),
      `<?xml version="1.0" encoding="${declared}"?>`,
    );
    const blog = await parseWxr(Buffer.from(source.toString(), written));
    expect(blog.posts[0]!.excerpt).toBe(text);
  });

  test('one broken character does not spoil its line', async () => {
    const source = wxr(item('<excerpt:encoded>été @ élève</excerpt:encoded>'));
    source[source.indexOf('@')] = 0xe9;
    expect((await parseWxr(source)).posts[0]!.excerpt).toBe('été \ufffd élève');
  });

  test('wherever the pieces of the file are cut', async () => {
    const source = wxr(
      marie +
        item(
          '<content:encoded><![CDATA[é & <b>x</b> ]]]]><![CDATA[> &eacute;]]></content:encoded>' +
            comment(1, ''),
        ),
    );
    const whole = await parseWxr(source);
    for (const size of [1, 7, 64]) {
      const pieces = async function* () {
        for (let from = 0; from < source.length; from += size) yield source.subarray(from, from + size);
      };
      expect(await parseWxr(pieces())).toEqual(whole);
    }
    expect(whole.posts[0]!.body).toBe('é & **x** ]]> é');
  });
});
