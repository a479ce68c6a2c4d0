import fc from 'fast-check';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { remarkJoinedRuns } from './markdown-runs.ts';
import { mentionCandidates, renderMarkdown, renderMarked } from './markdown.ts';

test('the short cut for plain paragraphs renders what the full pipeline renders', () => {
  const word = fc.stringMatching(/^[a-zA-Zéèàçœ0-9.,;:!?'"’()«» -]{1,12}$/);
  const text = fc.array(fc.oneof(word, fc.constantFrom('\n', '\n\n', ' ', '\n\n\n', '- ', '1. ', '> ')), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(text, (parts) => {
      const body = parts.join('');
      expect(renderMarkdown(body)).toEqual(renderMarked(body, new Set()));
    }),
    // A table of one column.
    { numRuns: 2000, examples: [[['.', '\n', ':-']]] },
  );
});

test('runs of plain characters put together as they come change nothing of what is read', () => {
  const [own, theirs] = [
    unified().use(remarkParse).use(remarkGfm),
    unified().use(remarkParse).use(remarkGfm),
  ];
  own.use(remarkJoinedRuns);
  const sign = fc.constantFrom(
    ...[
      'a',
      'bc ',
      ' ',
      '\n',
      '  \n',
      '\\',
      '\\\n',
      '`',
      '*',
      '_',
      '~~',
      '[',
      ']',
      '](',
      '![',
      '[^a]',
      '[a]: /x "',
      '"',
    ],
    ...[
      'xmpp:',
      'a@b.c',
      '@',
      'http://a.b',
      'www.',
      'h',
      '&',
      '&lt;',
      '<',
      '<http://a.b>',
      '|',
      '|-|',
      '- ',
      '> ',
      'é',
      '0',
    ],
  );
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 30 }), (signs) => {
      expect(own.parse(signs.join(''))).toEqual(theirs.parse(signs.join('')));
    }),
    { numRuns: 500 },
  );
});

test('a text of many short lines, or many small things, costs no more than its length', () => {
  for (const line of ['a b\n', 'a b \\! ']) {
    const body = `\`x\` ${line.repeat(150_000 / line.length)}`;
    const before = process.cpuUsage();
    expect(renderMarkdown(body).html).toMatch(/^<p><code>x/);
    expect(process.cpuUsage(before).user / 1_000, line).toBeLessThan(5_000);
  }
}, 60_000);

test('Markdown with GitHub extensions becomes HTML, headings one level down', () => {
  const { html } = renderMarkdown('# Titre\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n~~non~~ https://exemple.fr');
  expect(html).toContain('<h2>Titre</h2>');
  expect(html).toContain('<table>');
  expect(html).toContain('<del>non</del>');
  expect(html).toContain('<a href="https://exemple.fr" rel="noopener nofollow">');
});

test('no script gets through, and raw HTML is shown as text', () => {
  const { html } = renderMarkdown(
    '<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](data:text/html,z) <img src=x onerror=alert(1)>',
  );
  expect(html).not.toMatch(/<script|javascript:|<img[^>]*onerror|data:text/);
  expect(html).toContain('<p>&#x3C;script>alert(1)&#x3C;/script></p>');
});

test('only handles that exist become mentions', () => {
  const body = 'Bonjour @Claire.Martin, demande à @inconnu ou mail@claire.martin.';
  expect(mentionCandidates(body)).toEqual(['claire.martin', 'inconnu']);
  const { html, mentions } = renderMarkdown(body, ['claire.martin']);
  expect(mentions).toEqual(['claire.martin']);
  expect(html).toContain('<a href="/people/claire.martin">@Claire.Martin</a>');
  expect(html).toContain('@inconnu');
  expect(renderMarkdown('@claire.martin', ['claire.martin']).html).toContain('href="/people/claire.martin"');
});

describe('a word behind #', () => {
  const tagAt = (label: string) => (label === 'rien' ? null : `/tags/${label.toLowerCase()}`);
  const render = (body: string) => renderMarkdown(body, ['claire'], [], { tag: tagAt });

  test('is a link and a tag in running text, with its accents, in a list or between signs', () => {
    const body = 'Voir #Été-2026, (#prix) et **#délais**.\n\n- #été_indien\n\n| a |\n|---|\n| #table |';
    const { html, tags } = render(body);
    expect(tags).toEqual(['Été-2026', 'prix', 'délais', 'été_indien', 'table']);
    expect(html).toContain('<a href="/tags/prix">#prix</a>)');
    expect(html).toContain('<strong><a href="/tags/d%C3%A9lais">#délais</a></strong>');
    expect(render('#prix').tags).toEqual(['prix']);
  });

  test.each([
    ['a title', '# Titre'],
    ['in a title', '## Le point #prix'],
    ['code', '`#prix`\n\n```\n#prix\n```'],
    ['an address', 'https://x.example/a#prix ou x.example/#prix'],
    ['a link', '[le #prix](https://x.example) [*#prix*][a]\n\n[a]: https://x.example "#prix"'],
    ['a colour', '#FBF8F2 #a3f'],
    ['a number', '#1 #42 #1er'],
    ['within a word', 'C#sharp &#prix; a#prix ##prix'],
    ['a letter', 'l’#a et #l’offre'],
    ['what is no tag', '#rien'],
    ['a picture', '![#prix](https://x.example/i.png)'],
  ])('is nothing where it is %s', (_, body) => {
    const { html, tags } = render(body);
    expect(tags).toEqual([]);
    expect(html).not.toContain('/tags/');
  });

  test('costs no more than its length', () => {
    const started = process.cpuUsage();
    expect(render('#aa '.repeat(50_000)).tags).toEqual(['aa']);
    expect(render(Array.from({ length: 500 }, (__, at) => `#mot${at}`).join(' ')).tags).toHaveLength(50);
    render(`#${'a-'.repeat(100_000)}`);
    // Of the processor: the machine may be busy. What grows with the square would take minutes.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(20_000);
  });
});

test('hostile depth and length keep the words', () => {
  for (const body of [
    '> '.repeat(20_000) + 'mot',
    '- '.repeat(5_000) + 'mot',
    '['.repeat(30_000) + 'mot',
    '*a '.repeat(20_000) + 'mot',
  ]) {
    const started = process.cpuUsage();
    expect(renderMarkdown(body).html).toContain('mot');
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(20_000);
  }
});

test('a line that almost quotes too deeply costs no more than its length', () => {
  for (const mark of ['> ', '- ', '1. ', '>  ']) {
    const started = process.cpuUsage();
    expect(renderMarkdown(`${mark.repeat(39)}mot`).html).toContain('mot');
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1_000);
  }
});

test('a text that is nothing but signs keeps its words, and holds nobody up', () => {
  for (const sign of ['**a*', '![a](', '_a_ *b ', '[']) {
    const bodies = [sign.repeat(400_000 / sign.length), `${sign.repeat(2_000)}\n\n`.repeat(40)];
    for (const body of bodies) {
      const started = process.cpuUsage();
      expect(renderMarkdown(`${body} mot`).html).toMatch(/^<pre>.*mot<\/pre>$/s);
      expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000);
    }
  }
  const links = Array.from({ length: 4_000 }, (_, n) => `- [*mot* ${n}](https://exemple.fr/${n})`).join('\n');
  expect(renderMarkdown(links).html).toContain('<a href="https://exemple.fr/3999"');
});

describe('a text that would cost far more than its length is shown as it was typed', () => {
  const runs = Array.from({ length: 250 }, (_, at) => `${'`'.repeat(at + 1)}a`).join('');
  const wide = (columns: number, rows: number) =>
    `|${'a|'.repeat(columns)}\n|${'-|'.repeat(columns)}\n${'|\n'.repeat(rows)}`;
  test.each([
    ['a table whose rows are filled up', wide(300, 100)],
    ['many such tables', `${wide(50, 20)}\n`.repeat(20)],
    ['an address repeated', `[a]: http://x.example/${'b'.repeat(10_000)}\n\n${'[a]\n\n'.repeat(40)}`],
    ['a footnote repeated', `[^a]: x\n\n${'[^a]\n\n'.repeat(900)}`],
    ['code that never ends', runs],
    ['instructions that never end', `a ${'<?'.repeat(2_500)}`],
    ['comments that never end', `a ${'<!-- '.repeat(1_600)}`],
    ['declarations that never end', `a ${'<!A '.repeat(1_800)}`],
    ['titles that never end', `a ${'[](b ('.repeat(2_000)}${'x'.repeat(10_000)}`],
    ['brackets that close nothing', `a ${'](a'.repeat(3_100)}`],
    ['nothing but headings', `a ${'\n='.repeat(3_500)}`],
    ['nothing but items', '- a\n'.repeat(8_000)],
    ['quotes one behind the other', '> a\n\n'.repeat(4_000)],
    ['nothing but code', '`a'.repeat(40_000)],
    ['nothing but paragraphs', 'a_b\n\n'.repeat(12_000)],
  ])('%s', (_, body) => {
    const { html } = renderMarkdown(body);
    expect(html).toMatch(/^<pre>/);
    expect(html.length).toBeLessThan(4 * body.length + 20);
  });

  test('what somebody writes is not', () => {
    const table = `${wide(12, 0)}${`|${'un prix|'.repeat(12)}\n`.repeat(100)}`;
    const links = `${'Voir [la page `a`](https://x.example "Titre") (ici), '.repeat(300)}\n\n`;
    const noted = Array.from({ length: 100 }, (_, at) => `Mot[^${at}]\n\n[^${at}]: Note\n\n`).join('');
    const lists = `${'- [Mot](https://x.example/mot)\n  > dit `ici`\n'.repeat(2_500)}\n${'Un *mot*.\n\n'.repeat(2_000)}`;
    for (const body of [table, links, noted, lists, 'Titre\n=====\n\nMot\n\n---\n\n'.repeat(100)])
      expect(renderMarkdown(body).html).not.toMatch(/^<pre>/);
  });
});

test('an excerpt is plain text of at most 280 characters, and reading time counts words', () => {
  const { excerpt, readingMinutes } = renderMarkdown(`**${'mot '.repeat(714).trim()}**`);
  expect(excerpt.length).toBeLessThanOrEqual(280);
  expect(excerpt.startsWith('mot mot')).toBe(true);
  expect(readingMinutes).toBe(3);
});

test.each(['nôtres.', 'nôtres…', 'nôtres,'])(
  'an excerpt that is cut behind “%s” ends in one sign',
  (last) => {
    const before = 'mot '.repeat(60);
    expect(renderMarkdown(`${before}${last} ${'a'.repeat(40)}`).excerpt).toBe(`${before}nôtres…`);
  },
);

test('an excerpt leaves tables and listings out, unless there is nothing else', () => {
  const table = '| a | b |\n|---|---|\n| 1 | 2 |';
  expect(renderMarkdown(`${table}\n\nVoilà.`).excerpt).toBe('Voilà.');
  expect(renderMarkdown(table).excerpt).toBe('a b 1 2');
});

test('French signs never begin a line, outside code and links', () => {
  const { html, excerpt } = renderMarkdown(
    'Qui vient **demain** ? « Moi ! » : oui, à 3 % ; `a ? b : c` et [ici : là](https://x.example/a?b=c) ;)\n\nhttps://x.example/? !',
  );
  expect(html).toContain(
    '<strong>demain</strong>\u202f? «\u202fMoi\u202f!\u202f»\u202f: oui, à 3\u202f%\u202f; ',
  );
  expect(html).toContain('<code>a ? b : c</code>');
  expect(html).toContain('>ici : là</a> ;)');
  expect(excerpt).toContain('«\u202fMoi\u202f!\u202f»');
  expect(renderMarkdown('Vraiment ?').html).toBe('<p>Vraiment\u202f?</p>');
});

test('a text in English keeps its spaces', () => {
  expect(renderMarkdown('What is the matter with you ? It is **this** !').html).not.toContain('\u202f');
});

test('a long rule is a rule, not forty lists', () => {
  expect(renderMarkdown(`Avant\n\n${'-'.repeat(60)}\n\nAprès`).html).toBe('<p>Avant</p>\n<hr>\n<p>Après</p>');
  expect(renderMarkdown(`Titre\n${'-'.repeat(60)}`).html).toBe('<h3>Titre</h3>');
});

test('an excerpt keeps headings and items apart from what follows them', () => {
  const { excerpt } = renderMarkdown(
    '## Contexte\n\nUn appel.\n\n- un prix\n  - ferme\n- un délai.\n\n### Suite',
  );
  expect(excerpt).toBe('Contexte · Un appel. un prix · ferme · un délai. Suite');
});
