import fc from 'fast-check';
import { toString } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { htmlToMarkdown } from './html-to-markdown.ts';

const wordpress = { wordpress: true };

describe('what a page says', () => {
  test.each([
    ['links, absolute', '<a href="/x?a=1&amp;b=2">lien</a>', '[lien](https://b.fr/x?a=1\\&b=2)'],
    ['bare addresses', 'voir http://a.fr/x_y_z.', 'voir <http://a.fr/x_y_z>.'],
    ['pictures', '<img src="a.png" alt="Une [image]">', '![Une \\[image\\]](https://b.fr/p/a.png)'],
    [
      'linked pictures',
      '<a href="big.png"><img src="a.png"></a>',
      '[![](https://b.fr/p/a.png)](https://b.fr/p/big.png)',
    ],
    [
      'lazy pictures',
      '<img src="data:image/gif;base64,R0lGOD" data-src="/a.png">',
      '![](https://b.fr/a.png)',
    ],
    [
      'pictures written twice',
      '<p><noscript><img src="/a.png"></noscript><img data-src="/a.png"></p>',
      '![](https://b.fr/a.png)',
    ],
    ['emoji pictures', 'oui <img class="wp-smiley" alt="🙂" src="x.png">', 'oui 🙂'],
    [
      'captions',
      '<figure><img src="/a.png"><figcaption>Légende</figcaption></figure>',
      '![](https://b.fr/a.png)\n\n*Légende*',
    ],
    ['nested lists', '<ul><li>a<ul><li>b</ul><li>c</ul>', '- a\n  - b\n- c'],
    ['numbered lists', '<ol start="3"><li>a<li>b</ol>', '3. a\n4. b'],
    ['quotes', '<blockquote>a<blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
    ['headings', '<h2>Deux <em>mots</em></h2>x', '## Deux *mots*\n\nx'],
    ['code', '<pre class="brush: js; x">a &lt; b\n\n  *c*</pre>', '```js\na < b\n\n  *c*\n```'],
    ['highlighted code', '<pre><code class="hljs language-py"><i>x</i>\ny</code></pre>', '```py\nx\ny\n```'],
    ['emphasis around spaces', 'a<b> b </b>c<i>d<br></i>e<em> </em>f', 'a **b** c*d*\\\ne f'],
    ['powers', 'E=mc<sup>2</sup>, H<sub>2</sub>O', 'E=mc², H₂O'],
    [
      'frames',
      '<iframe src="//www.youtube.com/embed/abcdef1"></iframe>',
      '<https://www.youtube.com/watch?v=abcdef1>',
    ],
    ['players', '<video title="Démo"><source src="v.mp4">no video</video>', '[Démo](https://b.fr/p/v.mp4)'],
    [
      'objects',
      '<object><param name="movie" value="http://y.fr/m"><embed src="http://y.fr/m"></object>',
      '<http://y.fr/m>',
    ],
    ['entities', '&laquo;&nbsp;Ça&nbsp;&raquo; &#8217; &eacute', '«\u00a0Ça\u00a0» ’ é'],
  ])('%s', (_, html, markdown) => {
    expect(htmlToMarkdown(html, { baseUrl: 'https://b.fr/p/' })).toBe(markdown);
  });

  test('tables: spans, a missing header, blocks in cells, a caption', () => {
    const html =
      '<table><caption>Prix</caption><tr><td colspan=2>a<p>b</p></td><td><ul><li>x<li>y</ul></td></tr><tr><td>1<td>2<td>3|4</table>';
    const lines = htmlToMarkdown(html).split('\n');
    expect(lines[0]).toBe('Prix');
    expect(lines.slice(2).map((line) => line.replace(/ +/g, ' ').replace(/-+/g, '-'))).toEqual([
      '| | | |',
      '| - | - | - |',
      '| a b | | • x • y |',
      '| 1 | 2 | 3\\|4 |',
    ]);
  });

  test('a table that only lays out keeps its links', () => {
    const html =
      '<table><tr><td><table><tr><td><a href="http://a.fr">a</a></td></tr></table></td><td>b</td></tr></table>';
    expect(htmlToMarkdown(html)).toBe('[a](http://a.fr)\n\nb');
  });
});

describe('what a page does goes', () => {
  test.each([
    '<script>alert(1)</script>',
    '<style>p{}</style>',
    '<img src="javascript:alert(1)">',
    '<img src="x.gif" width="1" height="1">',
    '<form><input value="x"></form>',
    '<svg onload=alert(1)><text>x</text></svg>',
    '<template><p>x</p></template>',
  ])('%s', (html) => expect(htmlToMarkdown(`${html}oui`)).toBe('oui'));

  test.each([
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    ' JAVASCRIPT:x',
    '\u0001javascript:x',
    'vbscript:x',
    'data:text/html,x',
  ])('a link to %j keeps its text only', (href) =>
    expect(htmlToMarkdown(`<a href="${href}">oui</a>`)).toBe('oui'),
  );
});

describe('what WordPress stored', () => {
  test.each([
    ['blank lines and line ends', 'Un\n\nDeux\nlignes\n\n\nTrois', 'Un\n\nDeux\\\nlignes\n\nTrois'],
    ['inline elements across blank lines', 'a <b>b\n\nc</b> d', 'a **b**\n\n**c** d'],
    ['blocks between', 'a\n<h2>b</h2>\nc\n<ul>\n<li>d</li>\n</ul>\ne', 'a\n\n## b\n\nc\n\n- d\n\ne'],
    ['quotes with paragraphs', '<blockquote>a\n\nb</blockquote>', '> a\n>\n> b'],
    ['code left alone', '<pre>a\n\nb</pre>', '```\na\n\nb\n```'],
    ['more', 'a\n<!--more-->\nb', 'a\n\nb'],
    [
      'captions',
      '[caption id="x" width="3"]<img src="http://a.fr/a.png"> Une <b>légende</b>[/caption]b',
      '![](http://a.fr/a.png)\n\n*Une __légende__*\n\nb',
    ],
    [
      'old captions',
      '[caption caption="Une légende"]<img src="http://a.fr/a.png">[/caption]',
      '![](http://a.fr/a.png)\n\n*Une légende*',
    ],
    ['embeds', '[embed width="3"]https://youtu.be/x?a=1&amp;b=2[/embed]', '<https://youtu.be/x?a=1&b=2>'],
    ['media', '[audio mp3="http://a.fr/a.mp3"][/audio]', '<http://a.fr/a.mp3>'],
    ['code', '[code lang="js"]a < b\n\nc[/code]', '```js\na < b\n\nc\n```'],
    ['other shortcodes', '[contact-form id="1"]', '\\[contact-form id="1"]'],
    ['unclosed shortcodes', '[caption]a [embed]b', '\\[caption]a \\[embed]b'],
    ['blocks', '<!-- wp:paragraph -->\n<p>Un\ndeux</p>\n<!-- /wp:paragraph -->', 'Un deux'],
    ['text between blocks', '<!-- wp:separator /-->\n\na\n\nb', 'a\n\nb'],
  ])('%s', (_, html, markdown) => expect(htmlToMarkdown(html, wordpress)).toBe(markdown));

  test('galleries', () => {
    const gallery = (ids?: string[]) =>
      (ids ?? ['all']).map((id) => ({ url: `http://a.fr/${id}.png`, alt: id }));
    expect(htmlToMarkdown('[gallery ids="1, 2"]', { ...wordpress, gallery })).toBe(
      '![1](http://a.fr/1.png)\n\n![2](http://a.fr/2.png)',
    );
    expect(htmlToMarkdown('a [gallery] b', { ...wordpress, gallery })).toBe(
      'a\n\n![all](http://a.fr/all.png)\n\nb',
    );
    expect(htmlToMarkdown('[gallery]', wordpress)).toBe('');
  });
});

describe('hostile', () => {
  const openings = [
    'div',
    'blockquote',
    'ul',
    'b',
    'table',
    'ul><li',
    'li><dd',
    'a href=x',
    'table><td',
    'object',
    'button',
    'p><b',
    'select',
    'svg',
    'math',
  ];

  test.each(openings)('ten thousand <%s> neither overflow nor lose the text', (opening) => {
    expect(htmlToMarkdown(`${`<${opening}>`.repeat(10_000)}coeur`)).toContain('coeur');
  });

  test('formatting that never closes does not multiply', () => {
    const html = Array.from({ length: 3000 }, (_, i) => `<div><font color="${i}"></div><p>x`).join('');
    const start = process.cpuUsage();
    expect(htmlToMarkdown(html)).toContain('x');
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(3000);
  });

  const pieces = [
    '<',
    '<a ',
    '<a "',
    '<a ="',
    '<!--',
    '<![CDATA[',
    '[caption]',
    '<script>',
    '<p',
    '&',
    '&#',
    '*',
    '_',
    '[',
    '](',
    '`',
    '~',
    '|',
    '\n ',
    '\\',
    'http://',
    'www.',
  ];

  test.each(pieces)('fifty thousand characters of %j take linear time', (piece) => {
    const start = process.cpuUsage();
    htmlToMarkdown(piece.repeat(50_000 / piece.length), wordpress);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2500);
  });

  test.each(['-', ' ', 'a '])('fifty thousand characters of %j in a shortcode take linear time', (piece) => {
    const start = process.cpuUsage();
    htmlToMarkdown(`[audio x${piece.repeat(50_000 / piece.length)}]`, wordpress);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2500);
  });

  test('an unclosed tag, comment or script loses no text', () => {
    for (const html of ['a <b un', 'a <!-- un', 'a <script>un', '<textarea>un', 'a <a href="un']) {
      expect(htmlToMarkdown(html)).toContain('un');
    }
  });

  test('a long text, read in pieces, is the text', () => {
    const html = Array.from({ length: 3000 }, (_, i) => `<p>Le paragraphe <b>numéro ${i}</b></p>\n`).join('');
    const typed = Array.from({ length: 6000 }, (_, i) => `Le paragraphe ${i}`).join('\n\n');
    expect(htmlToMarkdown(html).split('\n\n')).toEqual(
      Array.from({ length: 3000 }, (_, i) => `Le paragraphe **numéro ${i}**`),
    );
    expect(htmlToMarkdown(typed, wordpress)).toBe(typed);
  });

  test.each([
    ['short rows', `<table><tr>${'<th>a'.repeat(200)}</tr>${'<tr><td>b</tr>'.repeat(101)}</table>`],
    ['many tables', `<table><tr>${'<th>a'.repeat(100)}</tr>${'<tr><td>b'.repeat(20)}</table>`.repeat(10)],
    [
      'cells that span',
      `<table>${`<tr>${'<td colspan=90 rowspan=90>ab'.repeat(2)}</tr>`.repeat(20)}</table>`,
    ],
    ['one long cell', `<table><tr><td>${'a'.repeat(5_000)}<td>b</tr>${'<tr><td>a<td>b'.repeat(50)}</table>`],
  ])('a table is not filled up into many times its length: %s', (_, html) => {
    const markdown = htmlToMarkdown(html);
    expect(markdown).toContain('a');
    expect(markdown).toContain('b');
    expect(markdown.length).toBeLessThan(3 * html.length);
  });

  test('a cell that wants to be a million columns is one', () => {
    expect(
      htmlToMarkdown('<table><tr><td colspan="1000000" rowspan="9999999">a<td>b</table>').length,
    ).toBeLessThan(100);
  });
});

test('whatever the text, Markdown shows it as it was', () => {
  const shown = (markdown: string) => toString(unified().use(remarkParse).use(remarkGfm).parse(markdown));
  const text = fc.string({ unit: fc.constantFrom(...'ab1 *_`[]()#+-.!~|\\:/@&;\'"{}=$^%é') });
  fc.assert(
    fc.property(text, (typed) => {
      const html = `<p>x${typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}x</p>`;
      expect(shown(htmlToMarkdown(html)).replace(/\s+/g, ' ')).toBe(`x${typed}x`.replace(/\s+/g, ' '));
    }),
    { numRuns: 300 },
  );
});
