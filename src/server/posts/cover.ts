import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { filesNamed } from '../conversation/attachments.ts';
import { cleanLine, webAddress } from '../conversation/text.ts';
import { invalid } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { kindOf } from '../platform/files/kinds.ts';
import type { FileFacts } from '../platform/markdown-files.ts';

/** The picture that its author chose to open a post, as an entry keeps it. */
export interface Cover {
  /** An address elsewhere; null where there is none, or one of this network. */
  address: string | null;
  file: FileFacts | null;
  /** What it shows, for whoever does not see it. */
  alt: string;
}

/** What a person gives: what is not said stays as it was. */
export interface NewCover {
  /** Address of a picture elsewhere, or `/files/ID` of one of this network; empty takes it away. */
  cover?: string | null;
  coverAlt?: string | null;
}

export interface KeptCover {
  cover: string | null;
  cover_file: string | null;
  cover_alt: string;
}

const LONGEST_ALT = 500;

/** Reads the picture that is to open a post. One of this network must be a picture that the actor may see. */
export async function readCover(
  db: Db,
  actor: Actor,
  given: NewCover,
  before: KeptCover = { cover: null, cover_file: null, cover_alt: '' },
): Promise<Cover> {
  const line =
    given.cover === undefined ? (chosenCover(before) ?? '') : cleanLine(given.cover, 'cover', 2000);
  const alt = cleanLine(given.coverAlt ?? (line && before.cover_alt), 'coverAlt', LONGEST_ALT);
  if (!line.startsWith('/files/')) {
    const address = webAddress(line, 'cover');
    return { address, file: null, alt: address ? alt : '' };
  }
  const [file] = await filesNamed(db, actor, line);
  if (!file || kindOf(file.type) !== 'image') throw invalid('cover', 'cover_not_picture');
  return { address: null, file, alt };
}

/** The picture that its author chose, not the one of the text that stands there by itself. */
export function chosenCover({ cover, cover_file }: Omit<KeptCover, 'cover_alt'>): string | null {
  if (cover_file) return `/files/${cover_file}`;
  return cover?.startsWith('/files/') ? null : cover;
}

/** The same of a row of `entries`, for one that is read as it is. */
export const chosenCoverColumn = sql<
  string | null
>`(case when cover_file is not null then '/files/' || cover_file
  when cover not like '/files/%' then cover end)`;

/** The columns of an entry that opens with it; in lists the first picture of its text stands where there is none. */
export function coverColumns({ address, file, alt }: Cover, files: FileFacts[]): KeptCover {
  const shown = file ?? files.find((each) => kindOf(each.type) === 'image');
  return {
    cover: address ?? (shown ? `/files/${shown.id}/960` : null),
    cover_file: file?.id ?? null,
    cover_alt: alt,
  };
}

/** The files that a post shows: its cover, and those of its text. */
export function withCover({ file }: Cover, files: FileFacts[]): FileFacts[] {
  return file && !files.some(({ id }) => id === file.id) ? [file, ...files] : files;
}

/** No version keeps a cover: one that was taken away is nobody's to see any more, unless some version's text shows it. */
export async function letGoOfCover(tx: Tx, id: string, before: KeptCover, now: FileFacts[]): Promise<void> {
  const { cover_file: gone } = before;
  if (!gone || now.some((file) => file.id === gone)) return;
  await sql`with dropped as (delete from file_uses where entry_id = ${id} and file_id = ${gone}
      and not exists (select 1 from revisions where entry_id = ${id} and position(${gone} in body) > 0)
      returning file_id)
    update files set released_at = now() from dropped where files.id = dropped.file_id`.execute(tx);
}
