import { describe, expect, test } from 'vitest';
import { comment, item, wxr } from './wxr-sample.ts';
import { ImportError } from '../syndication/types.ts';
import { parseWxr } from './wxr.ts';

async function refusal(bytes: Uint8Array): Promise<ImportError> {
  const error = await parseWxr(bytes).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ImportError);
  return error as ImportError;
}

describe('refused, with the line', () => {
  test.each([
    ['a file cut short', wxr(item('')).subarray(0, 420), /stops in the middle/],
    ['a tag left open', wxr('<item><title>x</item>'), /<title>, opened on line 4, is not closed/],
    ['declared entities', wxr(item('&a;'), '<!DOCTYPE rss [<!ENTITY a "b">]>'), /entities of its own/],
    [
      'external entities',
      wxr('', '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
      /entities of its own/,
    ],
    ['deep nesting', wxr('<a>'.repeat(5000)), /nests more than/],
    [
      'a feed',
      Buffer.from('<rss version="2.0"><channel><item><title>x</title></item></channel></rss>'),
      /RSS feed/,
    ],
    [
      'Atom',
      Buffer.from('<feed xmlns="http://www.w3.org/2005/Atom"><generator>Blogger</generator></feed>'),
      /Blogger/,
    ],
    ['a page', Buffer.from('<!doctype html>\n<html><body>x</body></html>'), /web page/],
    ['a list', Buffer.from('<opml></opml>'), /OPML/],
    ['one item', Buffer.from('<item><title>x</title></item>'), /cut out/],
    ['words', Buffer.from('bonjour'), /no XML/],
    ['nothing', Buffer.alloc(0), /no XML/],
    ['noise', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)), /./],
  ])('%s', async (_, bytes, reason) => {
    const error = await refusal(bytes);
    expect(error.reason).toMatch(reason);
    expect(error.line).toBeGreaterThan(0);
    expect(error.message).toBe(`Line ${error.line}: ${error.reason}`);
  });

  test('a billion laughs are cut short', async () => {
    const entities = Array.from(
      { length: 9 },
      (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
    ).join('\n');
    expect(
      (await refusal(wxr(item('&l9;'), `<!DOCTYPE x [<!ENTITY l0 "ha">${entities}]>`))).reason,
    ).toContain('DOCTYPE');
  });
});

describe('hostile', () => {
  test('scripts in every field are text or gone', async () => {
    const bad = '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>';
    const cdata = `<![CDATA[${bad}]]>`;
    const blog = await parseWxr(
      wxr(
        `<wp:author><wp:author_login>${cdata}</wp:author_login><wp:author_display_name>${cdata}</wp:author_display_name></wp:author>` +
          item(
            `<title>${cdata}</title><content:encoded>${cdata}</content:encoded><excerpt:encoded>${cdata}</excerpt:encoded><category>${cdata}</category><link>javascript:alert(1)</link><enclosure url="file:///etc/passwd"/>${comment(1, `<wp:comment_author_url>${cdata}</wp:comment_author_url>`).replace('Paul', cdata).replace('texte 1', cdata)}`,
          ),
      ),
    );
    const text = JSON.stringify({ ...blog.posts[0], key: '' });
    expect(text).not.toMatch(/<script|onerror|javascript:|file:/);
  });

  test('ten megabytes in one body take linear time', async () => {
    const paragraph = `<p>${'Un mot, et un autre encore, sans rien de plus que des mots. '.repeat(20)}<b>x</b></p>\n`;
    const timeFor = async (megabytes: number) => {
      const body = paragraph.repeat((megabytes * 1_000_000) / paragraph.length);
      const start = process.cpuUsage();
      const blog = await parseWxr(wxr(item(`<content:encoded><![CDATA[${body}]]></content:encoded>`)));
      expect(blog.posts[0]!.body.length).toBeGreaterThan(body.length * 0.9);
      return process.cpuUsage(start).user / 1000;
    };
    await timeFor(0.5);
    const [small, large] = [await timeFor(1), await timeFor(10)];
    expect(large).toBeLessThan(small * 25 + 1000);
  }, 120_000);

  test('a hundred thousand sections, comments and stray marks take linear time', async () => {
    const start = process.cpuUsage();
    const blog = await parseWxr(
      wxr('<category><![CDATA[<![CDATA[x]]></category><!-- -- -->&<'.repeat(100_000)),
    );
    expect(blog.posts).toHaveLength(0);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(5000);
  }, 60_000);
});
