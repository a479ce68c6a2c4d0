import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { env } from '#env';
import type { Db } from '../platform/db.ts';
import { log } from '../platform/log.ts';
import { say } from '../platform/words.ts';
import { readRecipient, type Recipient } from './addresses.ts';
import { Declined } from './declined.ts';
import { landOnDesk } from './land-desk.ts';
import { landReply } from './land.ts';
import { isAutomatic, isOurOwn } from './loops.ts';
import { parseMail } from './parse.ts';
import { takePosts } from './posts-in.ts';

const LARGEST_MAIL = 25 * 1024 * 1024;
/** Each may hold a whole mail in memory. */
const MOST_AT_ONCE = 10;
const MOST_RECIPIENTS = 20;

/** The door at which mail comes in. */
export interface MailIn {
  port: number;
  stop(): Promise<void>;
}

/** Listens at `MAIL_IN`, behind the mail server of the company. Takes answers to our own mails, posts, and mail to desks. */
export async function startMailIn(db: Db, where: { host: string; port: number }): Promise<MailIn> {
  const domain = env.MAIL_DOMAIN ?? '';
  const recipients = new WeakMap<object, Recipient[]>();
  const server = new SMTPServer({
    name: domain,
    banner: 'Essaim',
    size: LARGEST_MAIL,
    maxClients: MOST_AT_ONCE,
    maxRecipients: MOST_RECIPIENTS,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    socketTimeout: 60_000,
    closeTimeout: 5_000,
    logger: false,
    onRcptTo({ address }, { envelope }, done) {
      answer(async () => {
        const recipient = await readRecipient(db, domain, address);
        if (!recipient) throw new Declined('unknown');
        recipients.set(envelope, [...(recipients.get(envelope) ?? []), recipient]);
      }, done);
    },
    onData(stream, { envelope }, done) {
      const from = envelope.mailFrom ? envelope.mailFrom.address : '';
      const to = recipients.get(envelope) ?? [];
      answer(async () => take(db, { from, to }, await wholeOf(stream)), done, languageOf(to));
    },
  });
  // What one client does wrong ends his connection only.
  server.on('error', (error) => log.debug('mail in', { error: error.message }));
  await new Promise<void>((ready, failed) => {
    server.server.once('error', failed);
    server.listen(where.port, where.host, ready);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((closed) => server.close(closed)),
  };
}

/** Takes a message that has come whole: it lands, or throws `Declined`, or is taken without a word. */
async function take(db: Db, envelope: { from: string; to: Recipient[] }, raw: Uint8Array): Promise<void> {
  const mail = await parseMail(raw);
  const isOurs = await isOurOwn(db, mail);
  // Letters that programs send out are welcome on a desk; what comes back of a mail is not.
  if (envelope.from !== '' && !isOurs)
    for (const one of envelope.to) if ('desk' in one) await landOnDesk(db, one.desk, mail, raw);
  const rest = envelope.to.filter((one) => !('desk' in one));
  if (rest.length === 0) return;
  if (isAutomatic(mail, envelope.from) || isOurs) {
    log.info('a mail that no person wrote came in: not answered', { from: envelope.from });
    return;
  }
  await takePosts(
    db,
    rest.flatMap((one) => ('post' in one ? [one.post] : [])),
    mail,
    raw,
  );
  const replies = rest.flatMap((one) => ('reply' in one ? [one.reply] : []));
  if (replies.length === 0) return;
  const owner = replies.find(({ email }) => email === mail.from);
  if (!owner) throw new Declined('sender');
  await landReply(db, owner, mail, raw);
}

function languageOf([first]: Recipient[]): 'fr' | 'en' | undefined {
  if (!first) return undefined;
  if ('post' in first) return first.post.owner?.language;
  return ('reply' in first ? first.reply : first.desk).language;
}

/** The message, of which no more is held than may come. The rest is read, so that its sender hears why not. */
async function wholeOf(stream: SMTPServerDataStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LARGEST_MAIL) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (bytes > LARGEST_MAIL) throw new Declined('large');
  return Buffer.concat(chunks);
}

function answer(
  work: () => Promise<void>,
  done: (error?: Error | null) => void,
  language: 'fr' | 'en' = 'fr',
): void {
  work().then(
    () => done(),
    (error: unknown) => {
      const known = error instanceof Declined;
      if (!known) log.error('a mail could not be taken', { error });
      const declined = known ? error : new Declined('later');
      const words = plainLetters(say(language, `mailIn.${declined.why}`));
      done(Object.assign(new Error(words), { responseCode: declined.code }));
    },
  );
}

/** SMTP says nothing but ASCII to those who have not asked for more. */
function plainLetters(words: string): string {
  return words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .replace(/[^ -~]/g, ' ');
}
