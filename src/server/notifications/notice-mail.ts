import { sql } from 'kysely';
import type { EntryView } from '../conversation/present.ts';
import type { Db } from '../platform/db.ts';
import type { Mail } from '../platform/mail.ts';
import { say } from '../platform/words.ts';
import { isOfOneself, isReported, whyTold } from '../../i18n/told.ts';
import { insistedWords } from '../quiet/insisted.ts';
import { beside, type Beside } from './beside.ts';
import type { Delivery } from './deliver.ts';
import type { NoticeKind } from './kinds.ts';
import { dressedLetter, plainLetter, type Letter, type Link } from './letter.ts';
import { communityPath, postPath, weekPath } from './paths.ts';
import { plainWords } from './plain.ts';
import { aboutWhat, beginningOf, insistedLine, reasonLine } from './sentence.ts';
import { placeOf, standing } from './sight.ts';
import { stopPath, type Stream } from './stop-link.ts';
import { wanted } from './tell.ts';

/** What a mail is written with. */
export interface Desk {
  /** Where links begin. */
  address: string;
  network: string;
  /** The domain that messages and streams are named in. */
  domain: string;
  secret: string;
}

interface MailedNotice {
  id: string;
  delivery: string;
  person_id: string;
  created_at: Date;
  kind: NoticeKind;
  to: string;
  language: 'fr' | 'en';
  name: string | null;
  reaction: string | null;
  entry_id: string | null;
  title: string | null;
  excerpt: string | null;
  comment_id: string | null;
  comment_html: string | null;
  beside: Beside | null;
  dossier_id: string | null;
  slug: string | null;
  community_id: string | null;
  community_name: string | null;
  followed: boolean;
  /** Why a post of one's own did not come out. */
  held_back: NonNullable<EntryView['heldBack']> | null;
  /** Why somebody rang out of hours, and who: the one who did it. */
  insisted: string | null;
  many: number;
}

/** A notice of what a week brought to a dossier. */
export interface ToldWeek {
  id: string;
  personId: string;
  dossierId: string;
  at: Date;
}

/** What these weeks brought, as their readers may see it now, by the id of the notice; of those that brought nothing, nothing. */
export type WeekWords = (db: Db, weeks: ToldWeek[]) => Promise<Map<string, string>>;

const MOST_IN_A_MAIL = 20;

/** What these mails are to say, as their readers may see it now, unread and still wanted: by delivery, in order. */
export async function mailedNotices(
  db: Db,
  deliveries: Delivery[],
  weeks: WeekWords,
): Promise<Map<string, MailedNotice[]>> {
  if (deliveries.length === 0) return new Map();
  const { rows } = await sql<MailedNotice>`select * from (
      select link.delivery_id as delivery, n.kind, viewer.email as to, viewer.language, did.name, n.reaction,
        e.id as entry_id, coalesce(d.name, e.title) as title, e.excerpt, n.dossier_id, c.id as comment_id, c.html as comment_html, ${beside()} as beside,
        place.id as community_id, place.slug, place.name as community_name, coalesce(quiet.following, false) as followed, n.created_at, n.id, n.person_id,
        e.held_back, ${insistedWords('n')} as insisted,
        row_number() over of_mail as number, count(*) over (partition by link.delivery_id)::int as many
      from delivery_notices link join notifications n on n.id = link.notification_id
        join people viewer on viewer.id = n.person_id and viewer.status = 'active' and viewer.email is not null
        left join notice_settings s on s.person_id = n.person_id
        left join people did on did.id = n.actor_id
        left join entries e on e.id = coalesce(n.by_entry_id, n.entry_id)
        left join comments c on c.id = n.comment_id
        left join communities place on place.id = ${placeOf('n', 'e')}
        left join dossiers d on d.id = n.dossier_id
        left join thread_follows quiet on quiet.person_id = n.person_id and quiet.entry_id = n.entry_id
      where link.delivery_id = any(${deliveries.map(({ id }) => id)}::uuid[]) and n.read_at is null
        and coalesce(s.mail, true) and ${wanted('n')} and ${standing()}
      window of_mail as (partition by link.delivery_id order by n.created_at, n.id)) one
    where number <= ${MOST_IN_A_MAIL} order by delivery, number`.execute(db);
  const told = await weeks(
    db,
    rows.flatMap(({ id, person_id: personId, dossier_id: dossierId, created_at: at }) =>
      dossierId === null ? [] : [{ id, personId, dossierId, at }],
    ),
  );
  const left = rows.flatMap((row) => {
    if (row.dossier_id === null) return [row];
    const words = told.get(row.id);
    return words === undefined ? [] : [{ ...row, excerpt: words }];
  });
  return Map.groupBy(left, ({ delivery }) => delivery);
}

/** One mail about one thing. It threads with all others about it, and `answer` is where its answer goes. */
export function noticeMail(desk: Desk, delivery: Delivery, notices: MailedNotice[], answer?: string): Mail {
  const [first] = notices as [MailedNotice, ...MailedNotice[]];
  const { language } = first;
  const url = desk.address + pathOf(first);
  const stop = (stream: Stream, thingId: string | null = null) =>
    desk.address + stopPath(desk.secret, { personId: delivery.personId, stream, thingId });
  const narrow = narrowest(first, stop);
  const letter: Letter = {
    blocks: [
      ...notices.map((notice) => blockOf(notice, desk.address)),
      ...(first.many > notices.length
        ? [{ meta: say(language, 'mails.notice.more', { count: first.many - notices.length }) }]
        : []),
      { action: { text: say(language, 'mails.open', { network: desk.network }), url } },
      ...(answer ? [{ meta: say(language, 'mailIn.hint') }] : []),
    ],
    why: `${say(language, whyTold(first.kind, false, first.followed))}.`,
    foot: [
      ...(narrow ? [{ text: say(language, narrow.key), url: narrow.url }] : []),
      { text: say(language, 'mails.foot.notices'), url: stop('notices') },
      { text: say(language, 'mails.foot.settings'), url: `${desk.address}/settings/notices` },
    ],
  };
  const subject = subjectOf(first);
  return {
    to: first.to,
    subject,
    text: plainLetter(letter),
    html: dressedLetter(letter, language, subject),
    messageId: `${delivery.id}@${desk.domain}`,
    references: [`${delivery.thingId ?? delivery.id}@${desk.domain}`],
    ...(answer && { replyTo: answer }),
    list: {
      id: `${first.slug ?? 'blogs'}.${desk.domain}`,
      unsubscribe: narrow?.url ?? stop('notices'),
    },
  };
}

/** What the mail program's own button ends: no more than this mail belongs to. */
function narrowest(notice: MailedNotice, stop: (stream: Stream, thingId: string) => string) {
  if (notice.kind === 'post' && notice.community_id)
    return { key: 'mails.foot.community', url: stop('community', notice.community_id) } as const;
  if (notice.dossier_id)
    return { key: 'mails.foot.dossier', url: stop('dossier', notice.dossier_id) } as const;
  if (notice.entry_id && notice.kind !== 'report' && !isOfOneself(notice.kind))
    return { key: 'mails.foot.thread', url: stop('thread', notice.entry_id) } as const;
  return null;
}

function blockOf(notice: MailedNotice, address: string) {
  const { language } = notice;
  const before = beginningOf(language, {
    kind: notice.kind,
    name: notice.name ?? '',
    voices: 1,
    count: 1,
    reactions: [],
    onComment: notice.comment_id !== null,
  });
  const link: Link = { text: thingOf(notice), url: address + pathOf(notice) };
  const words = notice.comment_html === null ? (notice.excerpt ?? '') : plainWords(notice.comment_html);
  const meta = [
    ...(notice.community_name && isAboutOneThing(notice) ? [notice.community_name] : []),
    ...(notice.kind === 'held_back' && notice.held_back
      ? [say(language, `composer.held.${notice.held_back}`)]
      : []),
    ...reasonLine(language, notice.kind, notice.beside),
    ...(notice.insisted ? [insistedLine(language, notice.name, notice.insisted)] : []),
  ];
  return {
    line: { before, link },
    ...(meta.length > 0 ? { meta: meta.join('\n') } : {}),
    ...(words ? { words } : {}),
  };
}

function thingOf(notice: MailedNotice): string {
  const title = isAboutOneThing(notice) ? titleOf(notice) : null;
  return aboutWhat(notice.language, notice.kind, title, notice.community_name);
}

/** A post, a dossier, or something that is judged; else a community. */
function isAboutOneThing({ entry_id, dossier_id, beside }: MailedNotice): boolean {
  return (entry_id ?? dossier_id ?? beside) !== null;
}

function titleOf(notice: MailedNotice): string {
  return notice.title || notice.beside?.title || (notice.excerpt ?? '').slice(0, 80).toWellFormed();
}

function subjectOf(notice: MailedNotice): string {
  const { language, kind } = notice;
  const community = notice.community_name ?? '';
  if (kind === 'community_invited') return say(language, 'mails.notice.invited', { community });
  if (kind === 'community_asked') return say(language, 'mails.notice.asked', { community });
  if (kind === 'community_joined') return say(language, 'mails.notice.joined', { community });
  const title = titleOf(notice);
  if (kind === 'dossier_week') return say(language, 'mails.notice.week', { title });
  if (kind === 'report') return say(language, 'mails.notice.reported', { title });
  if (kind === 'held_back') return say(language, 'mails.notice.heldBack', { title });
  if (kind === 'hidden') return say(language, 'mails.notice.hidden', { title });
  if (kind === 'shown') return say(language, 'mails.notice.shown', { title });
  if (isReported(kind)) return say(language, 'mails.notice.settled');
  if (kind === 'by_mail') return say(language, 'mails.notice.byMail', { title });
  return notice.community_name ? say(language, 'mails.notice.subjectIn', { community, title }) : title;
}

function pathOf(notice: MailedNotice): string {
  if (notice.beside?.path) return notice.beside.path;
  if (notice.dossier_id) return weekPath(notice.dossier_id, notice.created_at);
  if (notice.entry_id) return postPath(notice.entry_id, notice.comment_id);
  return communityPath(notice.slug ?? '', notice.kind === 'community_asked');
}
