import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { ReactionKind } from '../conversation/present.ts';
import { notFound } from '../errors.ts';
import { beside, type Beside } from '../notifications/beside.ts';
import type { NoticeKind } from '../notifications/kinds.ts';
import { communityPath, postPath, weekPath } from '../notifications/paths.ts';
import { plainWords } from '../notifications/plain.ts';
import { aboutWhat, beginningOf, insistedLine, reasonLine } from '../notifications/sentence.ts';
import { placeOf, standing } from '../notifications/sight.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { insistedWords } from '../quiet/insisted.ts';

/** What a device shows when it rings. */
export interface RungNotice {
  title: string;
  body: string;
  url: string;
}

interface Row {
  kind: NoticeKind;
  name: string | null;
  reaction: ReactionKind | null;
  entry_id: string | null;
  comment_id: string | null;
  beside: Beside | null;
  dossier_id: string | null;
  created_at: Date;
  title: string | null;
  words: string | null;
  community: string | null;
  slug: string | null;
  insisted: string | null;
}

const LONGEST = 160;

/** The words of one of the actor's notices, while what it tells is within his sight. */
export async function rungNotice(db: Db, actor: Actor, id: string): Promise<RungNotice> {
  const { rows } = isId(id)
    ? await sql<Row>`select n.kind, did.name, n.reaction, e.id as entry_id, n.comment_id, ${beside()} as beside,
        n.dossier_id, n.created_at, coalesce(d.name, nullif(e.title, ''), left(e.excerpt, 80)) as title, left(c.html, 2000) as words,
        place.name as community, place.slug, ${insistedWords('n')} as insisted
      from notifications n join people viewer on viewer.id = n.person_id
        left join people did on did.id = n.actor_id
        left join entries e on e.id = coalesce(n.by_entry_id, n.entry_id)
        left join comments c on c.id = n.comment_id left join dossiers d on d.id = n.dossier_id
        left join communities place on place.id = ${placeOf('n', 'e')}
      where n.id = ${id} and n.person_id = ${actor.id} and ${standing()}`.execute(db)
    : { rows: [] };
  if (!rows[0]) throw notFound();
  return present(rows[0], actor);
}

function present(row: Row, { language }: Actor): RungNotice {
  const did = beginningOf(language, {
    kind: row.kind,
    name: row.name ?? '',
    voices: 1,
    count: 1,
    onComment: row.comment_id !== null,
    reactions: row.reaction ? [row.reaction] : [],
  });
  const one = (row.entry_id ?? row.dossier_id ?? row.beside) !== null;
  const thing = aboutWhat(
    language,
    row.kind,
    one ? (row.title ?? row.beside?.title ?? '') : null,
    row.community,
  );
  const words = row.words === null ? (one ? (row.community ?? '') : '') : plainWords(row.words);
  const before = [
    ...reasonLine(language, row.kind, row.beside),
    ...(row.insisted ? [insistedLine(language, row.name, row.insisted)] : []),
  ];
  return {
    title: `${did} ${thing}`.trim(),
    body: [...before, words.length > LONGEST ? `${words.slice(0, LONGEST - 1).toWellFormed()}…` : words]
      .filter(Boolean)
      .join('\n'),
    url: addressOf(row),
  };
}

function addressOf(row: Row): string {
  if (row.beside?.path) return row.beside.path;
  if (row.dossier_id) return weekPath(row.dossier_id, row.created_at);
  if (row.entry_id) return postPath(row.entry_id, row.comment_id);
  return communityPath(row.slug ?? '', row.kind === 'community_asked');
}
