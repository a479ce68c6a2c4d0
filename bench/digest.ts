import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { deliverDue } from '#server/notifications/deliver.ts';
import { prepareDigests } from '#server/notifications/digest.ts';
import { sendMails } from '#server/notifications/send-mails.ts';
import type { Db } from '#server/platform/db.ts';
import { openPost } from '#server/platform/mail.ts';

export interface DigestRates {
  /** Digests that left. */
  sent: number;
  /** Digests a second: prepared, read with each one's rights, written, sent, noted. */
  ours: number;
  /** The same number of mails of the same size over the same connections, and nothing else. */
  limit: number;
}

/**
 * The morning of everybody on a network of the bench: a day's digest to each, through an SMTP server on loopback. Leaves
 * the people with addresses, and nothing due.
 */
export async function measureDigests(db: Db): Promise<DigestRates> {
  const sink = await openSink();
  const smtp = process.env.SMTP_URL;
  process.env.SMTP_URL = sink.url;
  try {
    await wakeEverybody(db);
    const now = new Date();
    let started = performance.now();
    await prepareDigests(db, now);
    await deliverDue(db, 'mail', sendMails(now), now);
    const seconds = (performance.now() - started) / 1000;
    const { mails: sent, bytes } = sink;
    started = performance.now();
    await sendBare(sent, bytes / Math.max(1, sent));
    return { sent, ours: sent / seconds, limit: sent / ((performance.now() - started) / 1000) };
  } finally {
    if (smtp === undefined) delete process.env.SMTP_URL;
    else process.env.SMTP_URL = smtp;
    await sql`update quiet_calendar set active = true`.execute(db);
    await sink.close();
  }
}

/** Everybody has an address, may be rung, and was last told something yesterday. */
async function wakeEverybody(db: Db): Promise<void> {
  await sql`update people set email = handle || '@essaim.example' where email is null and status = 'active'`.execute(
    db,
  );
  await sql`update quiet_calendar set active = false`.execute(db);
  await sql`delete from deliveries`.execute(db);
  await sql`insert into notice_settings (person_id, digest_upto, digest_due)
    select id, now() - interval '1 day', now() from people where status = 'active'
    on conflict (person_id) do update set digest = 'day', digest_upto = excluded.digest_upto,
      digest_due = excluded.digest_due`.execute(db);
  await sql`update people set read_before = now() - interval '1 day'`.execute(db);
}

async function sendBare(mails: number, bytes: number): Promise<void> {
  const postman = openPost(4);
  const text = 'Le client a signé, voir la note.\n'.repeat(Math.ceil(bytes / 34));
  const left = Array.from({ length: mails }, (_, number) => number);
  const work = async () => {
    while (left.pop() !== undefined) {
      await postman.send({ to: 'quelquun@essaim.example', subject: 'Banc', text });
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  postman.close();
}

async function openSink() {
  const sink = {
    ...{ url: '', mails: 0, bytes: 0 },
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _, done) {
      stream.on('data', (chunk: Buffer) => (sink.bytes += chunk.length));
      stream.on('end', () => {
        sink.mails += 1;
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  sink.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return sink;
}
