import type { Gallery, GalleryImage } from '#server/platform/html-to-markdown.ts';
import { imageUrl, linkUrl } from '#server/platform/html-to-markdown-urls.ts';
import type { Enclosure } from '../syndication/types.ts';
import { plainText } from '../syndication/plain-text.ts';
import { field } from './wxr-records.ts';
import type { XmlElement } from '../syndication/xml.ts';

/** The attachments of an export, for the posts that point to them by number. */
export class WxrAttachments {
  #byId = new Map<string, GalleryImage>();
  #byParent = new Map<string, GalleryImage[]>();

  constructor(items: XmlElement[]) {
    for (const item of items) {
      if (field(item, 'wp:post_type') !== 'attachment') continue;
      const url = field(item, 'wp:attachment_url') || field(item, 'guid');
      if (!imageUrl(url)) continue;
      const alt =
        plainText(meta(item, '_wp_attachment_image_alt')) || plainText(field(item, 'excerpt:encoded'));
      const image = { url, ...(alt && { alt }) };
      this.#byId.set(field(item, 'wp:post_id'), image);
      if (!/\.(jpe?g|png|gif|webp|avif|svg|bmp)$/i.test(url)) continue;
      const parent = field(item, 'wp:post_parent');
      this.#byParent.set(parent, [...(this.#byParent.get(parent) ?? []), image]);
    }
  }

  galleryOf(postId: string): Gallery {
    return (ids) => {
      if (!ids) return (postId && postId !== '0' && this.#byParent.get(postId)) || [];
      return ids.map((id) => this.#byId.get(id)).filter((image) => image !== undefined);
    };
  }

  coverOf(item: XmlElement, baseUrl: string | undefined): string | undefined {
    return imageUrl(this.#byId.get(meta(item, '_thumbnail_id'))?.url, baseUrl);
  }

  enclosureOf(item: XmlElement, baseUrl: string | undefined): Enclosure | undefined {
    const { url, type, length } = item.children.find(({ name }) => name === 'enclosure')?.attributes ?? {};
    // WordPress keeps an enclosure as three lines: address, length, type.
    const [line1, line2, line3] = meta(item, 'enclosure')
      .split('\n')
      .map((line) => line.trim());
    const address = linkUrl(url ?? line1, baseUrl);
    if (!address || !/^https?:/i.test(address)) return undefined;
    const kind = type ?? line3;
    const size = Number(length ?? line2);
    return { url: address, ...(kind && { type: kind.slice(0, 100) }), ...(size > 0 && { length: size }) };
  }
}

function meta(item: XmlElement, key: string): string {
  const found = item.children.find(
    (child) => child.name === 'wp:postmeta' && field(child, 'wp:meta_key') === key,
  );
  return found ? field(found, 'wp:meta_value') : '';
}
