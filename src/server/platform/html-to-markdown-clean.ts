import type { Element, ElementContent, Properties, Root, RootContent } from 'hast';
import { toText } from 'hast-util-to-text';
import { flatTable, type Room } from './html-to-markdown-tables.ts';
import { imageUrl, linkUrl, playerUrl, withLinks } from './html-to-markdown-urls.ts';

/** What the address of a picture becomes; null leaves the picture out, and its words stand in its place. */
export type Pictures = (address: string) => string | null;

interface Where {
  baseUrl?: string;
  pictures?: Pictures;
  /** Inside a link, or code: addresses in the text stay text. */
  literal: boolean;
  room: Room;
}

const gone = new Set(
  'script style template svg canvas input select option datalist progress meter dialog noframes'.split(' '),
);

/** Reduces a tree to what Markdown can say: safe absolute addresses, players as links, captions and tables flattened. */
export function cleanTree(tree: Root, source: { baseUrl?: string; pictures?: Pictures }, room: Room): void {
  const where = { ...source, literal: false, room };
  tree.children = dropTwins(tree.children.flatMap((child) => clean(child, where))) as RootContent[];
}

function clean(node: RootContent | ElementContent, where: Where): ElementContent[] {
  if (node.type === 'text') {
    const value = node.value.replace(/[[\p{Cc}\ufffe\uffff]--[\t\n\r\u0080-\u009f]]/gv, '');
    return where.literal ? [{ type: 'text', value }] : withLinks(value);
  }
  if (node.type !== 'element' || gone.has(node.tagName)) return [];
  switch (node.tagName) {
    case 'a':
      return link(node, where);
    case 'img':
    case 'image':
      return image(node, where);
    case 'pre':
    case 'xmp':
    case 'listing':
      return [codeBlock(node)];
    case 'code':
    case 'kbd':
    case 'samp':
    case 'tt':
      return [element(node.tagName, {}, inside(node, { ...where, literal: true }))];
    case 'iframe':
    case 'frame':
    case 'embed':
    case 'object':
    case 'audio':
    case 'video':
      return player(node, where);
    case 'figcaption':
      return [paragraphOf(inside(node, where), 'em')];
    case 'sup':
    case 'sub':
      return raised(node, where);
    case 'math':
      return [{ type: 'text', value: String(node.properties.alttext ?? toText(node)) }];
    case 'table':
      return flatTable(node, inside(node, where), where.room);
    case 'textarea':
    case 'button':
      return inside(node, where);
    default:
      return outsideSpace(element(node.tagName, node.properties, inside(node, where)));
  }
}

const emphasis = new Set('a b strong i em u mark del s strike'.split(' '));

/** Markdown has no emphasis that begins or ends with a space or a line break: those step outside. */
function outsideSpace(node: Element): ElementContent[] {
  if (!emphasis.has(node.tagName)) return [node];
  const children = [...node.children];
  const before: ElementContent[] = [];
  const after: ElementContent[] = [];
  while (isSpace(children[0])) before.push(children.shift()!);
  while (isSpace(children.at(-1))) after.unshift(children.pop()!);
  if (children.length === 0) return before;
  const first = children[0]!;
  if (first.type === 'text' && /^\s/.test(first.value)) {
    before.push({ type: 'text', value: ' ' });
    children[0] = { type: 'text', value: first.value.trimStart() };
  }
  const last = children.at(-1)!;
  if (last.type === 'text' && /\s$/.test(last.value)) {
    after.unshift({ type: 'text', value: ' ' });
    children[children.length - 1] = { type: 'text', value: last.value.trimEnd() };
  }
  return [...before, element(node.tagName, node.properties, children), ...after];
}

function isSpace(node: ElementContent | undefined): boolean {
  if (node?.type === 'text') return node.value.trim() === '';
  return node?.type === 'element' && node.tagName === 'br';
}

function inside(node: Element, where: Where): ElementContent[] {
  return dropTwins(node.children.flatMap((child) => clean(child, where)));
}

function link(node: Element, where: Where): ElementContent[] {
  const href = linkUrl(node.properties.href, where.baseUrl);
  if (!href) return inside(node, where);
  const children = inside(node, { ...where, literal: true });
  if (!hasContent(children)) return [];
  return outsideSpace(element('a', { href, title: node.properties.title }, children));
}

/** The picture itself, whatever attribute a lazy loader has hidden its address in. */
function image({ properties }: Element, { baseUrl, pictures: draw }: Where): ElementContent[] {
  const alt = String(properties.alt ?? '').trim();
  if (/\b(wp-smiley|emoji|twemoji)\b/.test(String(properties.className ?? '')) && alt)
    return [{ type: 'text', value: alt }];
  if (isPixel(properties)) return [];
  const { dataSrc, dataLazySrc, dataOriginal, dataImage, dataOrigFile, src, srcSet, dataSrcset } = properties;
  const sets = [srcSet, dataSrcset].map(
    (set) =>
      String(set ?? '')
        .trim()
        .split(/[\s,]+/)[0],
  );
  const wanted = [dataLazySrc, dataSrc, dataOriginal, dataImage, src, dataOrigFile, ...sets];
  const found = wanted.map((value) => imageUrl(value, baseUrl)).filter((url) => url !== undefined);
  const stored = found.find((each) => !each.startsWith('data:')) ?? found[0];
  const url = draw ? draw(String(src ?? '')) : stored;
  if (!url) return alt ? [{ type: 'text', value: alt }] : [];
  return [element('img', { src: url, alt, title: properties.title }, [])];
}

function isPixel({ width, height }: Properties): boolean {
  const tiny = (size: unknown) => size !== undefined && size !== '' && Number(size) <= 1;
  return tiny(width) && tiny(height);
}

function codeBlock(node: Element): Element {
  const code = node.children.find((child) => child.type === 'element' && child.tagName === 'code') as
    Element | undefined;
  const language = languageOf(code?.properties) ?? languageOf(node.properties);
  const className = language ? [`language-${language}`] : [];
  const text: ElementContent = { type: 'text', value: toText({ ...node, tagName: 'pre' }) };
  return element('pre', {}, [element('code', { className }, [text])]);
}

function languageOf(properties: Properties | undefined): string | undefined {
  if (!properties) return undefined;
  const { lang, dataLang, dataLanguage, dataEnlighterLanguage, className } = properties;
  const classes = Array.isArray(className) ? className.join(' ') : '';
  const named = /(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*)([\w+#.-]+)/.exec(classes)?.[1];
  const language = named ?? String(dataEnlighterLanguage ?? dataLanguage ?? dataLang ?? lang ?? '');
  return /^[\w+#.-]{1,30}$/.test(language) ? language : undefined;
}

function player(node: Element, where: Where): ElementContent[] {
  const { properties } = node;
  const sources = node.children.filter((child) => child.type === 'element');
  const inner = sources.flatMap(({ tagName, properties: { src, name, value } }) =>
    tagName === 'param' ? (/^(movie|src|url)$/i.test(String(name)) ? [value] : []) : [src],
  );
  const { src, dataSrc, dataLazySrc, data } = properties;
  const found = [src, dataSrc, dataLazySrc, data, ...inner].map((value) => playerUrl(value, where.baseUrl));
  const href = found.find((url) => url && /^(https?:|(?![a-z]+:))/i.test(url));
  if (!href) return inside(node, where);
  const poster = where.pictures ? undefined : imageUrl(properties.poster, where.baseUrl);
  const label: ElementContent = poster
    ? element('img', { src: poster, alt: '' }, [])
    : { type: 'text', value: String(properties.title ?? '').trim() || href };
  const address = element('a', { href }, [label]);
  return where.literal
    ? [label]
    : [node.tagName === 'audio' || node.tagName === 'video' ? paragraphOf([address]) : address];
}

const raisedDigits = { sup: '⁰¹²³⁴⁵⁶⁷⁸⁹', sub: '₀₁₂₃₄₅₆₇₈₉' };

/** Markdown has no raised text, and 10² is not 102. */
function raised(node: Element, where: Where): ElementContent[] {
  const [only] = node.children;
  if (node.children.length !== 1 || only?.type !== 'text' || !/^\d{1,6}$/.test(only.value))
    return inside(node, where);
  const digits = raisedDigits[node.tagName as 'sup' | 'sub'];
  return [{ type: 'text', value: only.value.replace(/\d/g, (digit) => digits[Number(digit)]!) }];
}

/** A lazy loader writes each picture twice, once for browsers without script: the copy in noscript goes. */
function dropTwins(children: ElementContent[]): ElementContent[] {
  const hidden = children.filter((child) => child.type === 'element' && child.tagName === 'noscript');
  if (hidden.length === 0) return children;
  const shown = new Set(children.filter((child) => !hidden.includes(child)).flatMap(pictures));
  return children.filter((child) => {
    const twins = hidden.includes(child) ? pictures(child) : [];
    return twins.length === 0 || !twins.every((url) => shown.has(url));
  });
}

function pictures(node: ElementContent): unknown[] {
  if (node.type !== 'element') return [];
  return node.tagName === 'img' ? [node.properties.src] : node.children.flatMap(pictures);
}

function hasContent(nodes: ElementContent[]): boolean {
  return nodes.some((node) => {
    if (node.type === 'text') return node.value.trim() !== '';
    return node.type === 'element' && (node.tagName === 'img' || hasContent(node.children));
  });
}

function paragraphOf(children: ElementContent[], emphasis?: 'em'): Element {
  const inline = children.every(
    (child) => child.type !== 'element' || !/^(p|div|ul|ol|blockquote)$/.test(child.tagName),
  );
  if (!inline) return element('div', {}, children);
  return element('p', {}, emphasis && hasContent(children) ? [element(emphasis, {}, children)] : children);
}

function element(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}
