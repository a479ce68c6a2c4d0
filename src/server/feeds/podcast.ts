import type { Enclosure } from '../conversation/present.ts';
import type { FeedItem, FeedSource } from './source.ts';
import type { Place } from './write.ts';

/** What a channel says that has something to be heard, as directories of podcasts ask for it. */
export function channelOf(feed: FeedSource, origin: string) {
  if (!feed.items.some(isHeard)) return {};
  return {
    itunes: {
      author: feed.title,
      explicit: false,
      type: 'episodic',
      image: `${origin}/podcast.png`,
      categories: [{ text: 'Business' }],
    },
  };
}

/** What an item says that has something to be heard: where, how long, which number. */
export function episodeOf(item: FeedItem) {
  const { enclosure } = item;
  if (!enclosure) return {};
  const { url, type, length, seconds, episode } = enclosure;
  return {
    enclosures: [{ url, type, length }],
    ...(isHeard(item) && {
      itunes: {
        title: item.title,
        explicit: false,
        episodeType: 'full',
        ...(item.author && { author: item.author.name }),
        ...(seconds !== undefined && { duration: seconds }),
        ...(episode !== undefined && { episode }),
      },
    }),
  };
}

function isHeard({ enclosure }: FeedItem): boolean {
  return enclosure?.type.startsWith('audio/') ?? false;
}

/** Players go by the ending of an address. */
const ENDINGS: Record<string, string> = {
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'audio/aac': 'aac',
  'audio/flac': 'flac',
  'audio/webm': 'webm',
};

/** A recording of this network at its absolute address, with the key that the feed was asked for with. */
export function heardAt(enclosure: Enclosure, place: Place): Enclosure {
  if (!enclosure.url.startsWith('/files/')) return enclosure;
  const ending = ENDINGS[enclosure.type];
  const path = enclosure.url + (ending ? `/audio.${ending}` : '');
  return { ...enclosure, url: place.origin + path + keyed(place) };
}

const FILE = / (href|src)="(\/files\/[0-9a-f-]{36}(?:\/\w+)?)"/g;
const WIDTHS = / srcset="(?:\/files\/[0-9a-f-]{36}\/\d+ \d+w(?:, )?)+" sizes="[^"]*"/g;

/** The files inside a text, so that a reader of feeds, who has no session, sees them too. */
export function absoluteFiles(html: string, place: Place): string {
  return html
    .replace(WIDTHS, '')
    .replace(FILE, (_, name: string, path: string) => ` ${name}="${place.origin}${path}${keyed(place)}"`);
}

function keyed({ key }: Place): string {
  return key === null ? '' : `?key=${encodeURIComponent(key)}`;
}
