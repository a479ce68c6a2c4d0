import type { Mail } from '../platform/mail.ts';
import { say } from '../platform/words.ts';
import { weekdayOf } from '../../i18n/moments.ts';
import type { Delivery } from './deliver.ts';
import type { DigestLine, DigestPost, DigestReader } from './digest.ts';
import { dressedLetter, plainLetter, type Block } from './letter.ts';
import type { Desk } from './notice-mail.ts';
import { communityPath, postPath, weekPath } from './paths.ts';
import { aboutWhat, beginningOf } from './sentence.ts';
import { stopPath } from './stop-link.ts';

/** One digest. It is not to be empty: whoever asks for it has something to put in. */
export function digestMail(
  desk: Desk,
  delivery: Delivery,
  reader: DigestReader,
  told: { lines: DigestLine[]; posts: DigestPost[] },
  now: Date,
): Mail {
  const { language, personId } = reader;
  const stop = desk.address + stopPath(desk.secret, { personId, stream: 'digest', thingId: null });
  const blocks: Block[] = [
    ...headed(
      say(language, 'mails.digest.told'),
      told.lines.map((line) => lineBlock(desk, reader, line)),
    ),
    ...more(told.lines, (count) => say(language, 'mails.digest.moreTold', { count })),
    ...headed(
      say(language, 'mails.digest.posts'),
      told.posts.map((post) => postBlock(desk, reader, post)),
    ),
    ...more(told.posts, (count) => say(language, 'mails.digest.morePosts', { count })),
    { action: { text: say(language, 'mails.open', { network: desk.network }), url: `${desk.address}/` } },
  ];
  const letter = {
    blocks,
    why: say(language, reader.digest === 'week' ? 'mails.digest.whyWeek' : 'mails.digest.whyDay'),
    foot: [
      { text: say(language, 'mails.foot.digest'), url: stop },
      { text: say(language, 'mails.foot.settings'), url: `${desk.address}/settings/notices` },
    ],
  };
  const day = weekdayOf(language, reader.timeZone, now);
  const subject = say(
    language,
    reader.digest === 'week' ? 'mails.digest.subjectWeek' : 'mails.digest.subjectDay',
    { network: desk.network, day },
  );
  return {
    to: reader.to,
    subject,
    text: plainLetter(letter),
    html: dressedLetter(letter, language, subject),
    messageId: `${delivery.id}@${desk.domain}`,
    list: { id: `digest.${desk.domain}`, unsubscribe: stop },
  };
}

function headed(heading: string, [first, ...others]: Block[]): Block[] {
  return first ? [{ heading, ...first }, ...others] : [];
}

function more(shown: { many: number }[], words: (count: number) => string): Block[] {
  const left = (shown[0]?.many ?? 0) - shown.length;
  return left > 0 ? [{ meta: words(left) }] : [];
}

function lineBlock(desk: Desk, { language }: DigestReader, line: DigestLine): Block {
  const titled = line.title !== null && !(line.kind === 'post' && line.count > 1);
  const path =
    line.beside?.path ??
    (line.dossierId
      ? weekPath(line.dossierId, line.at)
      : titled && line.entryId
        ? postPath(line.entryId, line.commentId)
        : communityPath(line.slug ?? '', line.kind === 'community_asked'));
  const text = aboutWhat(language, line.kind, titled ? line.title : null, line.community);
  return { line: { before: beginningOf(language, line), link: { text, url: desk.address + path } } };
}

function postBlock(desk: Desk, { language }: DigestReader, post: DigestPost): Block {
  const by = post.community
    ? say(language, 'mails.digest.by', { name: post.author, community: post.community })
    : say(language, 'mails.digest.byBlog', { name: post.author });
  const comments =
    post.comments > 0 ? [say(language, 'mails.digest.comments', { count: post.comments })] : [];
  return {
    line: { before: '', link: { text: post.title, url: desk.address + postPath(post.id) } },
    meta: [by, ...comments].join(' · '),
    ...(post.excerpt && post.excerpt !== post.title ? { words: post.excerpt } : {}),
  };
}
