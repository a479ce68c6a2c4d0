import type { ElementContent } from 'hast';

const linkProtocols = new Set(['http:', 'https:', 'mailto:', 'tel:', 'ftp:', 'sms:', 'xmpp:', 'magnet:']);
const picture = /^data:image\/(png|jpe?g|gif|webp|avif);base64,[a-z0-9+/=\s]+$/i;
/** Stands in for a base nobody gave, so that relative addresses can be told from dangerous ones. */
const noBase = 'https://no-base.invalid';

/** The address a link may point to, absolute when there is a base; nothing for javascript: and its kind. */
export function linkUrl(value: unknown, baseUrl?: string): string | undefined {
  const address = String(value ?? '')
    .replace(/\p{Cc}/gu, '')
    .trim();
  if (!address) return undefined;
  const base = baseUrl && URL.canParse(baseUrl) ? baseUrl : noBase;
  if (!URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  if (!linkProtocols.has(url.protocol)) return undefined;
  if (URL.canParse(address)) return address;
  if (base !== noBase) return url.href;
  return address.startsWith('//') ? url.href : address;
}

/** The address a picture may come from. */
export function imageUrl(value: unknown, baseUrl?: string): string | undefined {
  const address = String(value ?? '').trim();
  if (picture.test(address)) return address.replace(/\s/g, '');
  const url = linkUrl(address, baseUrl);
  return url && /^(https?:|(?![a-z][a-z0-9+.-]*:))/i.test(url) ? url : undefined;
}

/** The page that a player embedded in a frame comes from, where that is known; else the address of the frame. */
export function playerUrl(value: unknown, baseUrl?: string): string | undefined {
  const address = linkUrl(value, baseUrl);
  const youtube = /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/(?:embed|v)\/([\w-]{6,})/.exec(
    address ?? '',
  );
  if (youtube && youtube[1] !== 'videoseries') return `https://www.youtube.com/watch?v=${youtube[1]}`;
  const vimeo = /^https?:\/\/player\.vimeo\.com\/video\/(\d+)/.exec(address ?? '');
  if (vimeo) return `https://vimeo.com/${vimeo[1]}`;
  const dailymotion = /^https?:\/\/(?:www\.)?dailymotion\.com\/embed\/video\/(\w+)/.exec(address ?? '');
  if (dailymotion) return `https://www.dailymotion.com/video/${dailymotion[1]}`;
  return address;
}

/** Text whose bare web addresses have become links. */
export function withLinks(text: string): ElementContent[] {
  if (!text.includes('://')) return [{ type: 'text', value: text }];
  const out: ElementContent[] = [];
  let from = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'`|\\^{}\u00a0«»“”]+/gi)) {
    const address = withoutTrailingPunctuation(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > from) out.push({ type: 'text', value: text.slice(from, match.index) });
    out.push({
      type: 'element',
      tagName: 'a',
      properties: { href: address },
      children: [{ type: 'text', value: address }],
    });
    from = match.index + address.length;
  }
  if (from < text.length) out.push({ type: 'text', value: text.slice(from) });
  return out;
}

function withoutTrailingPunctuation(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1]!;
    if (last === ')' && address.lastIndexOf('(', end) >= 0) break;
    if (!'.,;:!?…)]*_~'.includes(last)) break;
  }
  return address.slice(0, end);
}
