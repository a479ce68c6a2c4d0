import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { env } from '#env';
import { readReplyAddress } from '../conversation/reply-address.ts';
import type { Db } from '../platform/db.ts';
import { log } from '../platform/log.ts';
import { say } from '../platform/words.ts';
import { Declined } from './declined.ts';
import { landReply } from './land.ts';
import { isAutomatic, isOurOwn } from './loops.ts';
import { parseMail } from './parse.ts';

const LARGEST_MAIL = 25 * 1024 * 1024;
/** Each may hold a whole mail in memory. */
const MOST_AT_ONCE = 10;
const MOST_RECIPIENTS = 20;

/** The door at which answers by mail come in. */
export interface MailIn {
  port: number;
  stop(): Promise<void>;
}

/** Listens at `MAIL_IN`, behind the mail server of the company. Takes answers to our own mails, and nothing else. */
export async function startMailIn(db: Db, where: { host: string; port: number }): Promise<MailIn> {
  const domain = env.MAIL_DOMAIN ?? '';
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
    onRcptTo({ address }, _, done) {
      answer(async () => {
        if (!(await readReplyAddress(db, domain, address))) throw new Declined('unknown');
      }, done);
    },
    onData(stream, { envelope }, done) {
      const from = envelope.mailFrom ? envelope.mailFrom.address : '';
      const to = envelope.rcptTo.map(({ address }) => address);
      answer(async () => take(db, domain, { from, to }, await wholeOf(stream)), done);
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
async function take(
  db: Db,
  domain: string,
  envelope: { from: string; to: string[] },
  raw: Uint8Array,
): Promise<void> {
  const mail = await parseMail(raw);
  if (isAutomatic(mail, envelope.from) || (await isOurOwn(db, mail))) {
    log.info('a mail that no person wrote came in: not answered', { from: envelope.from });
    return;
  }
  for (const address of envelope.to) {
    const place = await readReplyAddress(db, domain, address);
    if (!place || place.email !== mail.from) continue;
    await landReply(db, place, mail, raw);
    return;
  }
  throw new Declined('sender');
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

function answer(work: () => Promise<void>, done: (error?: Error | null) => void): void {
  work().then(
    () => done(),
    (error: unknown) => {
      if (!(error instanceof Declined)) log.error('a mail could not be taken', { error });
      const declined = error instanceof Declined ? error : new Declined('later');
      const words = say(declined.language, `mailIn.${declined.why}`);
      done(Object.assign(new Error(plainLetters(words)), { responseCode: declined.code }));
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
