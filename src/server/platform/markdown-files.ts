import type { Element, ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { kindOf } from './files/kinds.ts';

/** A file as it stands in a text. */
export interface FileFacts {
  id: string;
  name: string;
  /** Found in its content. */
  type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  seconds: number | null;
  pages: number | null;
  /** Of the picture of its first page, where there is one. */
  previewWidth: number | null;
  previewHeight: number | null;
}

/** The widths that pictures are offered in. */
export const PICTURE_WIDTHS = [480, 960, 1600] as const;

const PLACE = /^\/files\/([0-9a-f-]{36})$/;
/** As wide as a text is on a desktop, and as the screen on a phone. */
const SIZES = '(min-width: 48rem) 42rem, 100vw';

/**
 * Draws the files that a text names: a picture in the width that the screen needs, a player for a recording, a card
 * for a document where it stands alone in its paragraph. The text is already safe; whatever is added here is ours.
 * A file that is not among `files` stays the plain picture or link that was written.
 */
export function showFiles(tree: Root, files: FileFacts[]): void {
  const known = new Map(files.map((file) => [file.id, file]));
  const fileAt = (address: unknown) =>
    typeof address === 'string' ? known.get(PLACE.exec(address)?.[1] ?? '') : undefined;
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName === 'img') {
      const file = fileAt(node.properties['src']);
      if (file && kindOf(file.type) === 'image') Object.assign(node.properties, pictureOf(file));
      return;
    }
    if (node.tagName !== 'p' || !parent || index === undefined) return;
    const alone = node.children.filter((child) => !isBlank(child));
    const shown = alone.map((child) => fileBlock(child, fileAt));
    if (shown.length === 0 || shown.some((block) => !block)) return;
    parent.children.splice(index, 1, ...(shown as Element[]));
    return [SKIP, index + shown.length];
  });
}

function isBlank(node: ElementContent): boolean {
  return node.type === 'text' ? node.value.trim() === '' : node.type === 'element' && node.tagName === 'br';
}

function fileBlock(
  node: ElementContent,
  fileAt: (address: unknown) => FileFacts | undefined,
): Element | null {
  if (node.type !== 'element') return null;
  const file = fileAt(node.properties[node.tagName === 'img' ? 'src' : 'href']);
  if (!file || (node.tagName !== 'a' && node.tagName !== 'img')) return null;
  const kind = kindOf(file.type);
  if (kind === 'image') return null;
  return kind === 'audio' || kind === 'video' ? player(file, kind) : card(file);
}

function pictureOf({ id, width, height }: FileFacts): Element['properties'] {
  if (width === null || height === null) return {};
  const wide = PICTURE_WIDTHS.filter((each, at) => at === 0 || width > PICTURE_WIDTHS[at - 1]!);
  return {
    src: `/files/${id}/${wide.length > 1 ? 960 : 480}`,
    ...(wide.length > 1 && {
      srcSet: wide.map((each) => `/files/${id}/${each} ${Math.min(each, width)}w`).join(', '),
      sizes: SIZES,
    }),
    ...{ width, height },
  };
}

function card(file: FileFacts): Element {
  const { id, name, previewWidth, previewHeight } = file;
  const properties = { src: `/files/${id}/preview`, alt: '', loading: 'lazy', decoding: 'async' };
  const preview =
    previewWidth === null
      ? element('span', { className: ['file-mark'], ariaHidden: 'true' }, [text(ending(file))])
      : element('img', { ...properties, width: previewWidth, height: previewHeight ?? undefined }, []);
  return element('a', { className: ['file'], href: `/files/${id}` }, [
    preview,
    element('span', { className: ['file-name'], dir: 'auto' }, [text(name)]),
    about(file),
  ]);
}

function player(file: FileFacts, kind: 'audio' | 'video'): Element {
  const { id, name } = file;
  return element('figure', { className: ['recording'] }, [
    element(
      kind,
      { controls: true, preload: kind === 'video' ? 'metadata' : 'none', src: `/files/${id}`, title: name },
      [],
    ),
    element('figcaption', {}, [
      element('a', { href: `/files/${id}`, download: name, dir: 'auto' }, [text(name)]),
      about(file),
    ]),
  ]);
}

/** What kind of file, how long, how large. The size is said anew in the language of whoever reads (src/ui/prose.ts). */
function about(file: FileFacts): Element {
  const { bytes, pages, seconds } = file;
  const told = [ending(file), pages && `${pages} p.`, seconds && duration(seconds)]
    .filter(Boolean)
    .join(' · ');
  return element('span', { className: ['file-about'] }, [
    text(`${told} · `),
    element('data', { className: ['bytes'], value: String(bytes) }, [text(`${(bytes / 1e6).toFixed(1)} MB`)]),
  ]);
}

/** `PDF`, `MP3`, `DOCX`: what people call that kind of file. */
function ending({ name, type }: FileFacts): string {
  const told: Record<string, string> = { 'audio/mpeg': 'MP3', 'audio/mp4': 'M4A', 'application/pdf': 'PDF' };
  return told[type] ?? (/\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? 'fichier').toUpperCase();
}

/** `3:05`, or `1:02:07`. */
function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [, minutes, rest] = parts.map((part) => String(part).padStart(2, '0'));
  return parts[0] ? `${parts[0]}:${minutes}:${rest}` : `${parts[1]}:${rest}`;
}

function element(tagName: string, properties: Element['properties'], children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

function text(value: string): ElementContent {
  return { type: 'text', value };
}
