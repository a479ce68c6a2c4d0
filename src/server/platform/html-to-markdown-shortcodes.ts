/** A picture of a gallery, as the export's attachments know it. */
export interface GalleryImage {
  url: string;
  alt?: string;
}

/** The pictures of a gallery: those with these ids, or without ids those attached to the text. */
export type Gallery = (ids: string[] | undefined) => GalleryImage[];

interface Shortcode {
  name: string;
  attributes: Record<string, string>;
  content: string;
}

const shortcodeTag =
  /(\[?)\[(\/?)(caption|wp_caption|gallery|embed|audio|video|playlist|code|sourcecode)((?:\s[^[\]<>]*|=[^[\]<>]*)?)\](\]?)/gi;
const mediaAttributes = 'src url mp3 m4a ogg wav wma mp4 m4v webm ogv wmv flv'.split(' ');

/** Replaces the shortcodes that WordPress itself brings by the HTML they stand for. Others stay as they were written. */
export function expandShortcodes(html: string, gallery?: Gallery): string {
  if (!html.includes('[')) return html;
  const tags = [...html.matchAll(shortcodeTag)].filter((match) => !(match[1] && match[5]));
  const endings = nextEndings(tags);
  const out: string[] = [];
  let from = 0;
  tags.forEach((tag, index) => {
    const start = tag.index + tag[1]!.length;
    if (tag[2] || start < from) return;
    const after = tag.index + tag[0].length - tag[5]!.length;
    const ending = tags[endings[index]!];
    const content = ending ? html.slice(after, ending.index + ending[1]!.length) : '';
    const shortcode = { name: tag[3]!.toLowerCase(), attributes: attributesOf(tag[4]!), content };
    const expanded = expand(shortcode, gallery);
    if (expanded === undefined) return;
    out.push(html.slice(from, start), expanded);
    from = ending ? ending.index + ending[0].length - ending[5]!.length : after;
  });
  return out.join('') + html.slice(from);
}

/** For each opening tag the index of the tag that ends it: the next ending of that name, unless another opens before. */
function nextEndings(tags: RegExpExecArray[]): (number | -1)[] {
  const endings = new Array<number>(tags.length).fill(-1);
  const next = new Map<string, number>();
  for (let i = tags.length - 1; i >= 0; i--) {
    const name = tags[i]![3]!.toLowerCase();
    if (!tags[i]![2]) endings[i] = next.get(name) ?? -1;
    if (tags[i]![2]) next.set(name, i);
    else next.delete(name);
  }
  return endings;
}

function expand({ name, attributes, content }: Shortcode, gallery?: Gallery): string | undefined {
  switch (name) {
    case 'caption':
    case 'wp_caption':
      return content ? figure(content, attributes.caption) : undefined;
    case 'gallery':
    case 'playlist':
      return galleryHtml(attributes, gallery);
    case 'embed':
      return content ? linkTo(content.trim()) : undefined;
    case 'audio':
    case 'video': {
      const address = [...mediaAttributes, ''].map((key) => attributes[key]).find(Boolean) ?? content.trim();
      return address ? linkTo(address) : '';
    }
    default:
      return content
        ? codeBlock(content, attributes.lang ?? attributes.language ?? attributes[''])
        : undefined;
  }
}

function figure(content: string, caption: string | undefined): string {
  const picture = /^\s*(<a\s[^>]*>\s*)?<img\s[^>]*>(\s*<\/a>)?/i.exec(content)?.[0] ?? '';
  const text = caption ?? content.slice(picture.length);
  return `\n\n<figure>${caption === undefined ? picture : content}<figcaption>${text.trim()}</figcaption></figure>\n\n`;
}

function galleryHtml(attributes: Record<string, string>, gallery?: Gallery): string {
  const ids = (attributes.ids ?? attributes.include)?.split(',').map((id) => id.trim());
  const images = (gallery?.(ids) ?? []).map(
    ({ url, alt }) => `<p><img src="${escapeAttribute(url)}" alt="${escapeAttribute(alt ?? '')}"></p>`,
  );
  return `\n\n${images.join('\n')}\n\n`;
}

function linkTo(address: string): string {
  if (/[<>\s]/.test(address)) return `\n\n${address}\n\n`;
  const plain = address.replaceAll('&amp;', '&');
  return `\n\n<p><a href="${escapeAttribute(plain)}">${escapeText(plain)}</a></p>\n\n`;
}

function codeBlock(content: string, language = ''): string {
  const text = /&(lt|gt|amp|#\d+);/.test(content) ? content.replaceAll('<', '&lt;') : escapeText(content);
  return `\n\n<pre><code class="language-${escapeAttribute(language)}">${text}</code></pre>\n\n`;
}

function attributesOf(source: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null);
  // [code=js] and [audio http://...] name their one value without a key.
  const bare = /^=\s*"?([\w.+#-]+)"?\s*$/.exec(source) ?? /^\s*"?(https?:[^\s"]+)"?\s*$/.exec(source);
  if (bare?.[1]) attributes[''] = bare[1];
  const straight = source.replace(/[“”″]|&(quot|#0?34|#822[01]|#8243);/g, '"');
  for (const [, key, double, single, plain] of straight.matchAll(
    /(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g,
  )) {
    attributes[key!.toLowerCase()] = (double ?? single ?? plain ?? '').trim();
  }
  return attributes;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}
