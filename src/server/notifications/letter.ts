/** A mail of ours, before it is dressed: the same words as plain text and as HTML. */
export interface Letter {
  blocks: Block[];
  foot: Link[];
  /** Why it came. */
  why: string;
}

export interface Block {
  heading?: string;
  /** A sentence, of which the part in `link` leads somewhere. */
  line?: { before: string; link: Link };
  /** Soft, below. */
  meta?: string;
  /** Somebody's own words, in paragraphs. */
  words?: string;
  action?: Link;
}

export interface Link {
  text: string;
  url: string;
}

/** As plain text. */
export function plainLetter({ blocks, foot, why }: Letter): string {
  const body = blocks.map((block) =>
    [
      block.heading && `${block.heading.toLocaleUpperCase()}\n`,
      block.line && [block.line.before, block.line.link.text].filter(Boolean).join(' '),
      block.meta,
      block.words && `\n${block.words}\n`,
      block.line && block.line.link.url,
      block.action && `${block.action.text} :\n${block.action.url}`,
    ]
      .filter((part) => part !== undefined && part !== '')
      .join('\n'),
  );
  const links = foot.map(({ text, url }) => `${text} :\n${url}`);
  return `${body.join('\n\n')}\n\n-- \n${[why, ...links].join('\n\n')}\n`;
}

/**
 * As HTML. It sets no background and no ink, so that a dark reader stays dark, and loads nothing.
 */
export function dressedLetter({ blocks, foot, why }: Letter, language: string, title: string): string {
  const body = blocks.map((block) =>
    [
      block.heading && `<h2 style="${CAPS}">${escape(block.heading)}</h2>`,
      block.line &&
        `<p style="margin:0;font-size:18px">${escape(block.line.before)}${block.line.before ? ' ' : ''}${anchor(block.line.link)}</p>`,
      block.meta && `<p style="${SOFT}">${escape(block.meta)}</p>`,
      block.words && `<div style="${WORDS}">${paragraphs(block.words)}</div>`,
      block.action && `<p style="margin:20px 0 0">${anchor(block.action)}</p>`,
    ]
      .filter(Boolean)
      .join('\n'),
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body style="margin:0;padding:24px 16px;font-family:Charter,'Bitstream Charter',Cambria,Georgia,serif;font-size:17px;line-height:1.55">
<div style="max-width:36em;margin:0 auto">
${body.map((block) => `<div style="margin:0 0 22px">\n${block}\n</div>`).join('\n')}
<div style="margin:32px 0 0;padding:14px 0 0;border-top:1px solid #8d8172;font-family:system-ui,sans-serif;font-size:13px">
<p style="margin:0 0 6px;opacity:.75">${escape(why)}</p>
<p style="margin:0">${foot.map(anchor).join(' &nbsp;·&nbsp; ')}</p>
</div>
</div>
</body>
</html>
`;
}

const STYLE = 'a{color:#a4560a}@media (prefers-color-scheme:dark){a{color:#e6a75a}}';
const CAPS =
  'margin:0 0 10px;font-family:system-ui,sans-serif;font-size:13px;letter-spacing:.06em;text-transform:uppercase;opacity:.75';
const SOFT = 'margin:2px 0 0;font-family:system-ui,sans-serif;font-size:14px;opacity:.75';
const WORDS = 'margin:8px 0 0;padding:2px 0 2px 14px;border-left:3px solid #8d8172';

function anchor({ text, url }: Link): string {
  return `<a href="${escape(url)}">${escape(text)}</a>`;
}

function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p style="margin:0 0 8px">${escape(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
