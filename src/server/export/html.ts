import { formats } from '../../i18n/moments.ts';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { escapeHtml } from '../platform/escape-html.ts';
import { say } from '../platform/words.ts';
import { ownDesk } from './desk.ts';
import { ownDossiers, ownPageVersions } from './gathered.ts';
import { ownComments, ownPosts, readOwnProfile, type Batches } from './records.ts';

interface OwnText {
  title?: string;
  html: string;
  cover?: string | null;
  coverAlt?: string;
  status?: 'draft' | 'published';
  community?: { name: string } | null;
  tags?: string[];
  under?: { title: string; url: string } | null;
  createdAt: string;
  publishedAt?: string | null;
  deletedAt: string | null;
  hiddenAt: string | null;
}

/**
 * All that the actor wrote, as one page to read, keep and print: nothing in it is fetched from anywhere.
 * @param address of the network, which links lead back to
 */
export async function* exportAsHtml(db: Db, actor: Actor, address: string): AsyncGenerator<string> {
  const profile = (await readOwnProfile(db, actor)) as { headline: string; bio: string };
  const title = say(actor.language, 'export.bookTitle', { name: actor.name });
  yield `<!doctype html>
<html lang="${actor.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<base href="${escapeHtml(address)}/"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>
<header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(profile.headline)}</p></header>\n`;
  yield* chapter(actor, 'export.posts', ownPosts(db, actor));
  yield* chapter(actor, 'export.comments', ownComments(db, actor));
  yield* chapter(actor, 'export.desk', texts(ownDesk(db, actor), keptText));
  yield* chapter(actor, 'export.pages', texts(eachPageOnce(ownPageVersions(db, actor)), pageText));
  const { rows: dossiers } = await ownDossiers(actor).execute(db);
  yield* chapter(actor, 'export.dossiers', texts([dossiers], dossierText));
  yield '</body></html>\n';
}

async function* chapter(
  actor: Actor,
  heading: `export.${'posts' | 'comments' | 'desk' | 'pages' | 'dossiers'}`,
  batches: Batches,
): AsyncGenerator<string> {
  yield `<section><h2>${escapeHtml(say(actor.language, heading))}</h2>\n`;
  let empty = true;
  for await (const batch of batches) {
    for (const row of batch) {
      yield article(actor, row as OwnText);
      empty = false;
    }
  }
  if (empty) yield `<p>${escapeHtml(say(actor.language, 'export.nothing'))}</p>\n`;
  yield '</section>\n';
}

async function* texts<Row>(
  batches: AsyncIterable<object[]> | Iterable<object[]>,
  text: (row: Row) => OwnText,
): Batches {
  for await (const batch of batches) yield batch.map((row) => text(row as Row));
}

interface Kept extends OwnText {
  kind: string;
  url: string | null;
  post: { title: string; url: string } | null;
  highlights: { quote: string; note: string }[];
}

/** His own words about what he kept, and what he marked in it; not the page itself, which is somebody else's. */
function keptText({ title, html, url, post, highlights, createdAt, deletedAt }: Kept): OwnText {
  const marked = highlights.map(
    ({ quote, note }) =>
      `<blockquote>${escapeHtml(quote)}</blockquote>${note && `<p>${escapeHtml(note)}</p>`}`,
  );
  const source = url ?? post?.url;
  const link = source ? `<p>${linkTo(source, url ?? post?.title ?? source)}</p>` : '';
  const heading = title || post?.title || '';
  return { title: heading, html: html + marked.join('') + link, createdAt, deletedAt, hiddenAt: null };
}

interface PageVersion {
  title: string;
  url: string;
  firstAt: string;
}

async function* eachPageOnce(batches: Batches): Batches {
  const seen = new Set<string>();
  for await (const batch of batches) {
    yield (batch as PageVersion[]).filter(({ url }) => !seen.has(url) && seen.add(url));
  }
}

function pageText({ title, url, firstAt }: PageVersion): OwnText {
  return { title, html: `<p>${linkTo(url, url)}</p>`, createdAt: firstAt, deletedAt: null, hiddenAt: null };
}

function dossierText(row: { name: string; url: string; about: string } & OwnText): OwnText {
  const html = `<p>${escapeHtml(row.about)}</p><p>${linkTo(row.url, row.url)}</p>`;
  return {
    title: row.name,
    html,
    createdAt: row.createdAt,
    deletedAt: row.deletedAt,
    hiddenAt: row.hiddenAt,
  };
}

function linkTo(url: string, text: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
}

function article(actor: Actor, text: OwnText): string {
  const { full } = formats(actor.language, actor.timeZone);
  const at = new Date(text.publishedAt ?? text.createdAt).toISOString();
  const notes = [
    text.community?.name,
    text.status === 'draft' && say(actor.language, 'export.draft'),
    text.deletedAt && say(actor.language, 'export.deleted'),
    text.hiddenAt && say(actor.language, 'export.hidden'),
    text.tags?.length && text.tags.join(', '),
  ].filter((note) => typeof note === 'string' && note !== '');
  const line = [
    `<time datetime="${at}">${escapeHtml(full(at))}</time>`,
    ...notes.map((note) => escapeHtml(String(note))),
  ];
  return `<article>${headingOf(actor, text)}<p class="when">${line.join(' · ')}</p>\n${coverOf(text)}${withoutPictures(text.html)}</article>\n`;
}

function headingOf(actor: Actor, { title, under }: OwnText): string {
  if (title !== undefined)
    return `<h3 dir="auto">${escapeHtml(title || say(actor.language, 'posts.untitled'))}</h3>`;
  if (!under) return `<h3>${escapeHtml(say(actor.language, 'export.underGone'))}</h3>`;
  const place = under.title || say(actor.language, 'posts.untitled');
  return `<h3 dir="auto"><a href="${escapeHtml(under.url)}">${escapeHtml(say(actor.language, 'export.under', { title: place }))}</a></h3>`;
}

function coverOf({ cover, coverAlt }: OwnText): string {
  return cover ? `<p>${linkTo(cover, `[${coverAlt || cover}]`)}</p>\n` : '';
}

/** Pictures live elsewhere: each becomes a link with its description. The text was made safe when it was written. */
function withoutPictures(html: string): string {
  return html.replace(/<img\b(?:[^>"]|"[^"]*")*>/g, (tag) => {
    // The first page of a document, beside its name.
    if (/\ssrc="\/files\/[^"]*\/preview"/.test(tag)) return '';
    const src = /\ssrc="([^"]*)"/.exec(tag)?.[1] ?? '';
    const alt = /\salt="([^"]*)"/.exec(tag)?.[1] || src;
    return `<a href="${src}">[${alt.replaceAll('<', '&lt;')}]</a>`;
  });
}

const STYLE = `
:root { color-scheme: light dark; }
body { max-width: 40rem; margin: 2rem auto; padding: 0 1.25rem; overflow-wrap: break-word;
  font: 1.125rem/1.6 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
h2 { margin-top: 4rem; }
article { margin-top: 3rem; padding-top: 1.5rem; border-top: 1px solid #8885; }
.when { font: 0.875rem/1.5 system-ui, sans-serif; opacity: 0.75; }
pre { overflow-x: auto; white-space: pre-wrap; }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid #8885; }
table { border-collapse: collapse; } td, th { padding: 0.25rem 0.6rem; border: 1px solid #8885; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } h2, h3, .when { break-after: avoid; }
  section + section { break-before: page; } a { color: inherit; } }
`;
