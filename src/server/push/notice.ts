import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { ReactionKind } from '../conversation/present.ts';
import { notFound } from '../errors.ts';
import type { NoticeKind } from '../notifications/kinds.ts';
import { communityPath, postPath, reportPath, weekPath } from '../notifications/paths.ts';
import { plainWords } from '../notifications/plain.ts';
import { beginningOf, insistedLine, quoted } from '../notifications/sentence.ts';
import { openReport, placeOf, reportedName, standing } from '../notifications/sight.ts';
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
  report_id: string | null;
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
    ? await sql<Row>`select n.kind, did.name, n.reaction, e.id as entry_id, n.comment_id, ${openReport('n')} as report_id,
        n.dossier_id, n.created_at, coalesce(d.name, ${reportedName('n')}, nullif(e.title, ''), left(e.excerpt, 80)) as title, left(c.html, 2000) as words,
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
  const one = (row.entry_id ?? row.dossier_id ?? row.report_id) !== null;
  const thing = one ? quoted(language, row.title ?? '') : (row.community ?? '');
  const words = row.words === null ? (one ? (row.community ?? '') : '') : plainWords(row.words);
  const insisted = row.insisted ? [insistedLine(language, row.name, row.insisted)] : [];
  return {
    title: `${did} ${thing}`.trim(),
    body: [...insisted, words.length > LONGEST ? `${words.slice(0, LONGEST - 1).toWellFormed()}…` : words]
      .filter(Boolean)
      .join('\n'),
    url: addressOf(row),
  };
}

function addressOf(row: Row): string {
  if (row.report_id) return reportPath(row.report_id);
  if (row.dossier_id) return weekPath(row.dossier_id, row.created_at);
  if (row.entry_id) return postPath(row.entry_id, row.comment_id);
  return communityPath(row.slug ?? '', row.kind === 'community_asked');
}
