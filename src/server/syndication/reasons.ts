import type { Key, Language } from '../../i18n/voice.ts';
import { say } from '../platform/words.ts';

type Reason = Key & `imports.reason.${string}`;

/** What the readers of files say, and its words: the group that is a number is `count`, or `n`; the other, `kind`. */
const REASONS: [said: RegExp, words: Reason][] = [
  [/^A text is cut after (\d+)/, 'imports.reason.cut'],
  [/^Of the tags, the first (\d+)/, 'imports.reason.tags'],
  [/^(\d+) \w+ of type (.*), neither post nor page$/, 'imports.reason.notPost'],
  [/^(\d+) \w+ of type (.*)$/, 'imports.reason.ofType'],
  [/^(\d+) \w+ with status (.*)$/, 'imports.reason.withStatus'],
  [/^(\d+) comments? on posts that are not in the file$/, 'imports.reason.lost'],
  [/^(\d+) comments? waiting for approval$/, 'imports.reason.unapproved'],
  [/^(\d+) comments? marked as spam$/, 'imports.reason.spam'],
  [/^(\d+) comments? in the trash$/, 'imports.reason.trash'],
  [/^(\d+) comments? without text$/, 'imports.reason.textless'],
  [/^(\d+) comments? that a plugin wrote$/, 'imports.reason.plugin'],
  [/^An entry without title/, 'imports.reason.empty'],
  [/^The same entry stands twice/, 'imports.reason.twice'],
  [/^The file holds no XML/, 'imports.reason.noXml'],
  [/^The file stops in the middle/, 'imports.reason.cutShort'],
  [/^<(.*)>, opened on line (\d+), is not closed$/, 'imports.reason.notClosed'],
  [/^The XML is broken(.*)$/, 'imports.reason.broken'],
  [/declares entities of its own/, 'imports.reason.entities'],
  [/^The file nests more than (\d+)/, 'imports.reason.nests'],
  [/^The file is compressed/, 'imports.reason.packed'],
  [/^This is not valid JSON/, 'imports.reason.json'],
  [/^This JSON is not a feed/, 'imports.reason.jsonNotFeed'],
  [/^The feed cannot be read|^The DOCTYPE does not end/, 'imports.reason.unreadable'],
  [/^This is a web page/, 'imports.reason.page'],
  [/^This is a reading list/, 'imports.reason.list'],
  [/^This is an? .*(feed|Blogger)/, 'imports.reason.feed'],
  [/^This is not a feed/, 'imports.reason.notFeed'],
  [/^This is not a WordPress export/, 'imports.reason.notExport'],
  [/^This is not a reading list/, 'imports.reason.notList'],
  [/^(.*) is already on line (\d+)$/, 'imports.reason.already'],
  [/^“(.*)” is not a web address$/, 'imports.reason.address'],
  [/^The address at (.*) is too long/, 'imports.reason.unusable'],
  [/^A list kept elsewhere/, 'imports.reason.elsewhere'],
  [/^(\d+) \w+ that lead to pages/, 'imports.reason.links'],
  [/^This is one entry cut out|<rss> around the channel is missing/, 'imports.reason.fragment'],
];

/** Says in `language` what the reader of a file said; as it was said where there are no words for it. */
export function sayReason(language: Language, reason: string): string {
  for (const [said, words] of REASONS) {
    const groups = said.exec(reason)?.slice(1);
    if (!groups) continue;
    const n = groups.find((group) => /^\d+$/.test(group)) ?? '';
    const kind = groups.find((group) => group !== n)?.trim() ?? '';
    return say(language, words, { n, kind, count: Number(n) });
  }
  return reason;
}
