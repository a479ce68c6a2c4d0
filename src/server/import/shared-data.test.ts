import { describe, expect, test } from 'vitest';
import { parseFeed } from '../syndication/feed.ts';
import { parseOpml } from '../syndication/opml.ts';
import { resolvePeople } from './people.ts';
import { hasSharedData, sharedFile, sharedFiles } from './shared-data.ts';
import { ImportError, type ImportedBlog } from '../syndication/types.ts';
import { parseWxr } from './wxr.ts';

const comments = (blog: ImportedBlog) => blog.posts.flatMap((post) => post.comments);

async function readOrRefuse<T>(reading: Promise<T>): Promise<T | ImportError> {
  return reading.catch((error: unknown) => {
    if (error instanceof ImportError) return error;
    throw error;
  });
}

describe.skipIf(!hasSharedData)('real files (in ../shared/data; skipped where that is absent)', () => {
  test('four blogs: 13 posts, 4 comments, 7 people', async () => {
    const blogs = await Promise.all(sharedFiles('blogs/*.xml').map(({ bytes }) => parseWxr(bytes)));
    const { people, ofCommenter } = resolvePeople(blogs);
    expect(blogs.flatMap(({ posts }) => posts)).toHaveLength(13);
    expect(blogs.flatMap(comments)).toHaveLength(4);
    expect(people).toHaveLength(7);
    const bellot = people.filter(({ name }) => name === 'Jean-Marc Bellot');
    expect(bellot).toMatchObject([{ writes: true }]);
    expect(blogs.map((blog) => ofCommenter(blog, { name: 'Jean-Marc Bellot' }))).toContain(bellot[0]);
    expect(new Set(blogs.flatMap(({ posts }) => posts.map(({ key }) => key))).size).toBe(13);
  });

  test('a French blog of 307 items, quickly', async () => {
    const bytes = sharedFile('wxr/real/bitcoin-france.fr.wxr.xml');
    const start = process.cpuUsage();
    const blog = await parseWxr(bytes);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(4000);
    expect(blog.posts).toHaveLength(113);
    expect(comments(blog)).toHaveLength(235);
    expect(comments(blog).filter(({ kind }) => kind === 'pingback')).toHaveLength(42);
    expect(comments(blog).filter(({ parentKey }) => parentKey)).toHaveLength(107);
    expect(blog.posts.filter(({ title, body }) => !title && !body)).toHaveLength(0);
  }, 30_000);

  const exports = sharedFiles('wxr/**/*.xml').filter(({ name }) => !name.includes('real/'));

  test.each(exports.map(({ name, bytes }) => [name, bytes] as const))(
    '%s',
    async (name, bytes) => {
      const blog = await readOrRefuse(parseWxr(bytes));
      if (blog instanceof ImportError) return expect(name).toContain('qtranslate_item');
      const authors = new Set(blog.authors.map(({ key }) => key));
      expect(authors.size).toBe(blog.authors.length);
      for (const post of blog.posts) {
        expect([post.author, ...post.coAuthors].every((key) => authors.has(key))).toBe(true);
        const prose = `${post.title}${post.body}`.replace(/```[^]*?```|`[^`\n]*`/g, '');
        expect(prose).not.toMatch(/<!-- |<(p|div|script)\b|&(nbsp|eacute);/i);
      }
    },
    30_000,
  );

  const notFeeds =
    /\.html$|xml\/testdata\/iso88591|unknown\.json|10\.json|allthis-partial|ScriptingNews\.json|basic\.jsonc/;
  const feeds = sharedFiles('feeds/**/*.{xml,rss,atom,rdf,json,jsonc,html}').filter(
    ({ name }) => !/snapshots|references\/.*\.json$/.test(name),
  );

  test.each(feeds.map(({ name, bytes }) => [name, bytes] as const))(
    '%s',
    async (name, bytes) => {
      const blog = await readOrRefuse(parseFeed(bytes, { url: 'https://feed.example/feed' }));
      expect(blog instanceof ImportError).toBe(notFeeds.test(name));
      if (blog instanceof ImportError) return;
      expect(`${blog.title}${blog.posts.map(({ title }) => title).join('')}`).not.toContain('\ufffd');
      for (const { url, publishedAt } of blog.posts) {
        if (url) expect(url).toMatch(/^https?:/);
        if (publishedAt) expect(publishedAt.getTime()).toBeLessThanOrEqual(Date.now());
      }
    },
    30_000,
  );

  test.each(sharedFiles('opml/**/*.opml').map(({ name, bytes }) => [name, bytes] as const))(
    '%s',
    async (_, bytes) => {
      const list = await parseOpml(bytes);
      const listed =
        Buffer.from(bytes)
          .toString()
          .match(/<outline[^>]*\sxmlUrl=/g)?.length ?? 0;
      const twice = list.skipped.filter(({ reason }) => reason.includes('already on line')).length;
      expect(list.feeds.length + twice).toBeGreaterThanOrEqual(listed);
    },
  );
});
