import { expect, test } from 'vitest';
import { parseOpml } from './opml.ts';
import { ImportError } from './types.ts';

const read = (body: string) =>
  parseOpml(
    Buffer.from(`<opml version="2.0"><head><title>Ma veille</title></head><body>\n${body}\n</body></opml>`),
  );

test('feeds in their folders', async () => {
  const list = await read(`<outline text="Vente &amp; réseau"><outline title="B2B">
    <outline type="rss" text="Un" title="Titre" xmlUrl="https://a.fr/f?x=1&amp;y=2" htmlUrl="https://a.fr"/></outline>
    <outline XMLURL="feed://b.fr/f"/></outline>`);
  expect(list).toEqual({
    title: 'Ma veille',
    feeds: [
      {
        line: 3,
        title: 'Titre',
        xmlUrl: 'https://a.fr/f?x=1&y=2',
        htmlUrl: 'https://a.fr/',
        folders: ['Vente & réseau', 'B2B'],
      },
      { line: 4, title: 'b.fr', xmlUrl: 'http://b.fr/f', folders: ['Vente & réseau'] },
    ],
    skipped: [],
  });
});

test.each([
  ['bare ampersands', '<outline text="R&D" xmlUrl="http://a.fr/f?x=1&y=2"/>', 'R&D'],
  ['quotes inside quotes', '<outline text="Un "bon" mot" xmlUrl="http://a.fr/f?x=1&y=2"/>', 'Un "bon" mot'],
  [
    'a link in the description',
    '<outline text="x" description="Par <a href="https://b.fr" rel="x">B</a>." xmlUrl="http://a.fr/f?x=1&y=2"/>',
    'x',
  ],
  ['an address without quotes', '<outline text="x" xmlUrl=http://a.fr/f?x=1&y=2 />', 'x'],
])('%s', async (_, outline, title) => {
  const list = await read(outline);
  expect(list).toMatchObject({ feeds: [{ title, xmlUrl: 'http://a.fr/f?x=1&y=2' }], skipped: [] });
});

test('what is left out is told by its line', async () => {
  const list = await read(`<outline text="a" xmlUrl="javascript:alert(1)"/>
<outline text="b" xmlUrl="file:///etc/passwd"/>
<outline text="c" xmlUrl="http://c.fr/f"/>
<outline text="c" xmlUrl="http://c.fr/f"/>
<outline type="include" url="http://d.fr/list.opml"/>
<outline type="link" url="http://e.fr"/></nonsense>`);
  expect(list.feeds).toHaveLength(1);
  expect(list.skipped.map(({ line }) => line)).toEqual(expect.arrayContaining([2, 3, 5, 6, 7]));
  expect(list.skipped[2]!.reason).toBe('http://c.fr/f is already on line 4');
});

test('a file cut short gives what is there', async () => {
  const list = await parseOpml(
    Buffer.from(
      '<opml><body>\n<outline text="a" xmlUrl="http://a.fr/f"/>\n<outline text="b" xmlUrl="http://b.f',
    ),
  );
  expect(list.feeds).toHaveLength(1);
  expect(list.skipped[0]).toMatchObject({ line: 3, reason: expect.stringContaining('stops in the middle') });
});

test.each([
  ['<html></html>', /web page/],
  ['<rss></rss>', /a feed/],
  ['bonjour', /no XML/],
  ['', /no XML/],
  ['<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml></opml>', /entities/],
  [`<opml>${'<outline>'.repeat(5000)}`, /nests more than/],
])('%.40s is refused', async (text, reason) => {
  const error = await parseOpml(Buffer.from(text)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ImportError);
  expect((error as ImportError).reason).toMatch(reason);
});

test.each(['<outline ', '<outline text="', '<outline text="a" b"', '<outline/>', '" '])(
  'twenty thousand %j take linear time',
  async (piece) => {
    const start = process.cpuUsage();
    await read(piece.repeat(20_000)).catch((error: unknown) => expect(error).toBeInstanceOf(ImportError));
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(8000);
  },
  60_000,
);

test('what is broken everywhere is refused before it is read to its end', async () => {
  const start = process.cpuUsage();
  const broken = Buffer.from(`<opml><body>${'<!'.repeat(300_000)}`);
  await expect(parseOpml(broken)).rejects.toThrow();
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(2_000);
});
