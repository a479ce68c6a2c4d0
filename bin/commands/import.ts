import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { inWords, OperatorError } from '#env';
import { OPERATOR, type Actor } from '#server/actor.ts';
import { Refusal } from '#server/errors.ts';
import { followBlog } from '#server/import/blogs.ts';
import { discoverFeed } from '#server/syndication/discover.ts';
import { parseFeed } from '#server/syndication/feed.ts';
import { landBlogs } from '#server/import/land.ts';
import { parseOpml } from '#server/syndication/opml.ts';
import type { ImportReport } from '#server/import/report.ts';
import { ImportError, type ImportedBlog } from '#server/syndication/types.ts';
import { parseWxr } from '#server/import/wxr.ts';
import { actorFromEmail, ownerOf } from '#server/people/actor.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';
import { say } from '#server/platform/words.ts';
import { UsageError, type Context } from '../command.ts';
import { sayReason } from '#server/syndication/reasons.ts';
import { tell } from '../import-report.ts';
import { unreadable } from '../unusable-file.ts';

export const name = 'import';
export const summary = inWords('Apporte des blogs qui existent.', 'Brings blogs that exist.');
export const usage = inWords(
  `npx essaim import wxr FICHIER...           exports WordPress (WXR 1.0 à 1.2)
npx essaim import feed FICHIER|ADRESSE...  RSS, Atom, RDF, JSON Feed
npx essaim import opml FICHIER             suit chaque blog de la liste

  --community COMMUNAUTÉ   où ranger les billets ; sans précision, le blog de chaque auteur
  --dry-run                dit ce qui viendrait, n’écrit rien
  --follow                 avec une adresse : continue de recevoir ce qui paraît
  --as EMAIL               au nom de qui ; sans précision, le propriétaire du réseau

Deux fois le même import ne double rien. Un fichier illisible ne laisse aucune trace.`,
  `npx essaim import wxr FILE...            WordPress exports (WXR 1.0 to 1.2)
npx essaim import feed FILE|ADDRESS...   RSS, Atom, RDF, JSON Feed
npx essaim import opml FILE              follows each blog of the list

  --community COMMUNITY   where the posts go; each author's own blog unless told
  --dry-run               says what would come, writes nothing
  --follow                with an address: goes on receiving what comes out
  --as EMAIL              in whose name; the network's owner unless told

The same import twice doubles nothing. A file that cannot be read leaves no trace.`,
);

interface Wanted {
  community?: string;
  dry: boolean;
  follow: boolean;
}

/** Imports, and reports. */
export async function run(args: string[], { print, withDatabase }: Context): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      community: { type: 'string' },
      'dry-run': { type: 'boolean' },
      follow: { type: 'boolean' },
      as: { type: 'string' },
    },
  });
  const [kind, ...sources] = positionals;
  if (!kind || !['wxr', 'feed', 'opml'].includes(kind) || sources.length === 0) {
    throw new UsageError(
      inWords('Il faut wxr, feed ou opml, puis un fichier.', 'It takes wxr, feed or opml, then a file.'),
    );
  }
  const wanted = {
    community: values.community,
    dry: values['dry-run'] ?? false,
    follow: values.follow ?? false,
  };
  await withDatabase(async (db) => {
    const actor = values.as ? await actorFromEmail(db, values.as) : ((await ownerOf(db)) ?? OPERATOR);
    if (!actor) {
      throw new OperatorError(
        inWords(
          `Personne d’actif n’a l’adresse ${values.as}.`,
          `Nobody active has the address ${values.as}.`,
        ),
      );
    }
    if (kind === 'opml') return importOpml(db, actor, sources, wanted, print);
    if (wanted.follow && !wanted.dry) return followAll(db, actor, sources, wanted, print);
    const blogs = await readAll(kind, sources);
    tell(await landing(db, actor, blogs, wanted), wanted.dry, print);
  });
}

class DryRun extends Error {}

/** Everything in one transaction, which a dry run takes back. */
async function landing(
  db: Db,
  actor: Actor,
  blogs: ImportedBlog[],
  { community, dry }: Wanted,
): Promise<ImportReport> {
  let report: ImportReport | undefined;
  const progress = (done: number, total: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} / ${total}${done === total ? '\n' : ''}`);
  };
  await inTransaction(db, async (tx) => {
    report = await landBlogs(tx, actor, blogs, { community, progress });
    if (dry) throw new DryRun();
  }).catch((error: unknown) => {
    if (!(error instanceof DryRun)) throw inWordsOf(error, community);
  });
  return report!;
}

async function readAll(kind: string, sources: string[]): Promise<ImportedBlog[]> {
  const blogs: ImportedBlog[] = [];
  for (const source of sources) {
    if (kind === 'feed' && isAddress(source)) blogs.push((await discover(source)).blog);
    else blogs.push(await reading(source, (bytes) => (kind === 'wxr' ? parseWxr(bytes) : parseFeed(bytes))));
  }
  return blogs;
}

async function importOpml(
  db: Db,
  actor: Actor,
  files: string[],
  wanted: Wanted,
  print: (line: string) => void,
) {
  for (const file of files) {
    const list = await reading(file, parseOpml);
    for (const { line, reason } of list.skipped)
      print(
        `${basename(file)}, ${inWords('ligne', 'line')} ${line}${inWords(' :', ':')} ${sayReason(language(), reason)}`,
      );
    if (wanted.dry) for (const feed of list.feeds) print(`${feed.title}  ${feed.xmlUrl}`);
    else
      await followAll(
        db,
        actor,
        list.feeds.map((feed) => feed.xmlUrl),
        wanted,
        print,
      );
  }
}

/** One blog that does not answer does not keep the others out. */
async function followAll(
  db: Db,
  actor: Actor,
  urls: string[],
  { community }: Wanted,
  print: (line: string) => void,
) {
  for (const url of urls) {
    try {
      const found = await discover(url);
      const { report } = await inTransaction(db, (tx) => followBlog(tx, actor, found, { community }));
      print(`${found.blog.title || url}  +${report.posts.new}`);
    } catch (error) {
      const told = inWordsOf(error, community);
      if (!(told instanceof OperatorError)) throw told;
      print(`${url}  ${told.message}`);
    }
  }
}

async function discover(url: string) {
  return discoverFeed(url).catch((error: unknown) => {
    throw inWordsOf(error);
  });
}

async function reading<T>(file: string, parse: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error);
  });
  return parse(bytes).catch((error: unknown) => {
    if (!(error instanceof ImportError)) throw error;
    const place = inWords(`${file}, ligne ${error.line}`, `${file}, line ${error.line}`);
    throw new OperatorError(
      `${place}${inWords(' :', ':')} ${sayReason(language(), error.reason)}. ${inWords('Rien n’a été importé.', 'Nothing was imported.')}`,
    );
  });
}

/** A refusal as a sentence. Nothing but the community can be missing. */
function inWordsOf(error: unknown, community?: string): unknown {
  if (!(error instanceof Refusal)) return error;
  if (error.reason === 'fetch_address')
    return new OperatorError(
      `${say(language(), 'refusal.fetch_address')} ${inWords('Si c’est voulu, donnez machine:port dans FETCH_ALLOW, au serveur aussi.', 'If it is meant, give host:port in FETCH_ALLOW, to the server as well.')}`,
    );
  if (error.code !== 'not_found') return new OperatorError(say(language(), `refusal.${error.reason}`));
  return new OperatorError(
    inWords(
      `Aucune communauté « ${community ?? ''} » où ranger ces billets.`,
      `There is no community "${community ?? ''}" to put these posts in.`,
    ),
  );
}

function language(): 'fr' | 'en' {
  return inWords('fr', 'en') as 'fr' | 'en';
}

function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}
