import { rename, stat } from 'node:fs/promises';
import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { invalid } from '../errors.ts';
import { incomingPath } from '../platform/files/incoming.ts';
import { PICTURE_WIDTHS } from '../platform/markdown-files.ts';

export const WIDTHS = PICTURE_WIDTHS;
export type Width = (typeof WIDTHS)[number];
export const FORMATS = ['avif', 'webp'] as const;
export type Format = (typeof FORMATS)[number];

/** Longest side of what is kept. */
const LONGEST_SIDE = 4_000;
const MOST_PIXELS = 100_000_000;
/** A picture of more is refused before anything of it is decoded. */
const OPEN = { limitInputPixels: MOST_PIXELS, failOn: 'error' } as const;

// The one way to reach a decoder is the content of the file: those that nobody needs stay shut.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
    'VipsForeignLoadNsgif',
  ],
});
sharp.concurrency(1);
sharp.cache(false);

export interface Picture {
  path: string;
  type: string;
  width: number;
  height: number;
}

/**
 * The picture at `path` as it is kept: upright, without what its camera noted (place, time, owner) and without
 * anything that stood behind it in the file, no side longer than 4,000. What moves keeps moving, as WebP.
 */
export async function cleanPicture(path: string, type: string): Promise<Picture> {
  const about = await sharp(path, OPEN)
    .metadata()
    .catch(() => refuseBroken());
  const frames = about.pages ?? 1;
  if (about.width * (about.pageHeight ?? about.height) * frames > MOST_PIXELS)
    throw invalid('file', 'picture_too_large');
  const moving = frames > 1 && type !== 'image/avif';
  const picture = sharp(path, { ...OPEN, animated: moving });
  const upright = moving ? picture : picture.autoOrient();
  const fitting = upright.resize({
    width: LONGEST_SIDE,
    height: LONGEST_SIDE,
    fit: 'inside',
    withoutEnlargement: true,
  });
  const kept = moving ? 'image/webp' : type === 'image/gif' ? 'image/png' : type;
  const clean = await incomingPath();
  const { width, height, pageHeight } = await written(encoded(fitting, kept, moving), clean);
  await rename(clean, path);
  return { path, type: kept, width, height: pageHeight ?? height };
}

function encoded(picture: Sharp, type: string, moving: boolean): Sharp {
  // What a file says of itself is dropped by not being asked for.
  if (type === 'image/png') return picture.png();
  if (type === 'image/webp') return picture.webp({ quality: moving ? 80 : 90, effort: 3 });
  if (type === 'image/avif') return picture.avif({ quality: 70, effort: 2 });
  return picture.jpeg({ quality: 90 });
}

async function written(picture: Sharp, path: string): Promise<OutputInfo> {
  return picture.toFile(path).catch(() => refuseBroken());
}

function refuseBroken(): never {
  throw invalid('file', 'picture_broken');
}

/** The picture at `path` no wider than `width`, at a path of its own. */
export async function narrowed(path: string, width: Width, format: Format): Promise<string> {
  const place = await incomingPath();
  const picture = sharp(path, { ...OPEN, animated: format === 'webp' }).resize({
    width,
    withoutEnlargement: true,
  });
  await (
    format === 'avif' ? picture.avif({ quality: 55, effort: 2 }) : picture.webp({ quality: 80, effort: 3 })
  ).toFile(place);
  return place;
}

/**
 * Squares of the picture at `path`, upright, without what its camera noted, of each of these sides: cut where most is to
 * be seen, as WebP.
 */
export async function squares(path: string, sides: number[]): Promise<Buffer[]> {
  const largest = Math.max(...sides);
  const { data, info } = await sharp(path, OPEN)
    .autoOrient()
    .resize(largest, largest, { fit: 'cover', position: 'attention' })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(() => refuseBroken());
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return Promise.all(
    sides.map((side) => sharp(data, { raw }).resize(side, side).webp({ quality: 80, effort: 5 }).toBuffer()),
  );
}

/** A page drawn as PNG becomes the small picture that stands for its document. */
export async function previewOf(page: Uint8Array): Promise<Picture> {
  const path = await incomingPath();
  const { width, height } = await sharp(page, OPEN)
    .flatten({ background: '#fff' })
    .webp({ quality: 80, effort: 3 })
    .toFile(path);
  return { path, type: 'image/webp', width, height };
}

/** How many bytes a picture may have on its way in. */
const LARGEST_PICTURE_MB = 25;

export async function refuseHeavy(path: string): Promise<void> {
  if ((await stat(path)).size > LARGEST_PICTURE_MB * 1_000_000) throw invalid('file', 'picture_too_heavy');
}
