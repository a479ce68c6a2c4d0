import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#server/actor.ts';
import { landBlogs } from '#server/import/land.ts';
import type { ImportedBlog } from '#server/syndication/types.ts';
import { parseWxr } from '#server/import/wxr.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';

const POSTS = 1000;

/** Posts a second: an export read, rendered and landed; and the same rows by bare INSERTs in one transaction. */
export async function measureImport(db: Db, actor: Actor): Promise<{ ours: number; limit: number }> {
  const file = Buffer.from(exportOf(POSTS));
  let started = performance.now();
  const blog: ImportedBlog = await parseWxr(file);
  await inTransaction(db, (tx) => landBlogs(tx, actor, [blog]));
  const ours = POSTS / ((performance.now() - started) / 1000);
  const bodies = blog.posts.map((post) => post.body);
  started = performance.now();
  await inTransaction(db, async (tx) => {
    for (const body of bodies) {
      await sql`insert into entries (id, author_id, everyone, title, body, html, status, published_at)
        values (${randomUUIDv7()}, ${actor.id}, true, 'Banc', ${body}, ${body}, 'published', now())`.execute(
        tx,
      );
    }
  });
  return { ours, limit: POSTS / ((performance.now() - started) / 1000) };
}

function exportOf(posts: number): string {
  const paragraph =
    '<p>Le client a <strong>signé</strong>, voir <a href="https://exemple.fr/note">la note</a>.</p>';
  const items = Array.from(
    { length: posts },
    (_, index) => `<item><title>Billet ${index}</title><dc:creator>banc</dc:creator><guid>banc-${index}</guid>
      <content:encoded><![CDATA[${paragraph.repeat(8)}<ul><li>Un</li><li>Deux</li></ul>]]></content:encoded>
      <wp:post_id>${index}</wp:post_id><wp:post_date_gmt>2020-01-02 03:04:05</wp:post_date_gmt><wp:status>publish</wp:status>
      <wp:post_type>post</wp:post_type></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Banc</title>
    <link>https://banc.example</link><wp:wxr_version>1.2</wp:wxr_version>
    <wp:author><wp:author_login>banc</wp:author_login><wp:author_display_name>Banc Essai</wp:author_display_name></wp:author>
    ${items.join('')}</channel></rss>`;
}
