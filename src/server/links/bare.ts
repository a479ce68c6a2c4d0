import { escapeHtml } from '../platform/escape-html.ts';
import type { LinkCard } from './card.ts';

/** A paragraph that is one bare address and nothing else, as platform/markdown.ts renders it. */
const ALONE = /<p><a href="(https?:\/\/[^"]+)"[^>]*>([^<]+)<\/a><\/p>/g;
const MOST_CARDS = 10;

/** True for what may hold a bare link; said before anything is asked. */
export function mayUnfold(html: string): boolean {
  return html.includes('<p><a href="http');
}

/** The addresses that stand alone in a rendered text, ten at most. */
export function bareLinks(html: string): string[] {
  const found = [...html.matchAll(ALONE)].filter(([, href = '', text]) => isBare(href, text));
  return [...new Set(found.map(([, href = '']) => unescaped(href)))].slice(0, MOST_CARDS);
}

/** The same text with a card in the place of each address that has one. */
export function unfold(html: string, cards: ReadonlyMap<string, LinkCard>): string {
  if (cards.size === 0) return html;
  return html.replace(ALONE, (paragraph, href: string, text: string) => {
    const card = isBare(href, text) ? cards.get(unescaped(href)) : undefined;
    if (!card) return paragraph;
    const { title, description } = card;
    const site = [hostOf(unescaped(href)), card.site].filter(Boolean).join(' · ');
    return (
      `<p class="link-card"><a href="${href}" rel="noopener nofollow"><small dir="auto">${escapeHtml(site)}</small>` +
      `<strong dir="auto">${escapeHtml(title)}</strong>` +
      `${description && `<span dir="auto">${escapeHtml(description)}</span>`}</a></p>`
    );
  });
}

function isBare(href: string, text: string | undefined): boolean {
  return text === href || `http://${text}` === href;
}

/** Whatever a page says of itself, its address is told too. */
function hostOf(url: string): string {
  return URL.parse(url)?.host.replace(/^www\./, '') ?? '';
}

function unescaped(attribute: string): string {
  return attribute
    .replace(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
