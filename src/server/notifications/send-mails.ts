import { mailAddress } from '../people/address.ts';
import { readNetwork } from '../people/setup.ts';
import type { Db } from '../platform/db.ts';
import { log } from '../platform/log.ts';
import { mailDomain, mailTrouble, openPost, type Mail } from '../platform/mail.ts';
import type { Delivery, Fate, Send } from './deliver.ts';
import { markTold, readDigests } from './digest.ts';
import { digestMail } from './digest-mail.ts';
import { mailedNotices, noticeMail, type Desk, type WeekWords } from './notice-mail.ts';
import { replyAddresses } from './reply-to.ts';
import { stopSecret } from './stop-link.ts';

const CONNECTIONS = 4;

/** A mail that is ready, or why there is none. */
interface Written {
  delivery: Delivery;
  mail: Mail | null;
  /** What the network notes when it has left, or when there was nothing to send. */
  note?: Extract<Fate, { sent: unknown }>['with'];
}

/**
 * Writes these mails with what their readers may see now, and sends them over a few connections. What a week brought to a
 * dossier is told as far as `weeks` finds words for it.
 */
export function sendMails(now = new Date(), weeks: WeekWords = silence): Send {
  return async (db, deliveries, tell) => {
    const written = await writeMails(db, deliveries, weeks, now);
    const postman = openPost(CONNECTIONS);
    let away = false;
    const one = async ({ delivery, mail, note }: Written): Promise<void> => {
      if (!mail) return tell(delivery, { dropped: 'nothing to say', ...(note && { with: note }) });
      try {
        await postman.send(mail);
      } catch (error) {
        const trouble = mailTrouble(error);
        const words = error instanceof Error ? error.message : String(error);
        if (trouble === 'refused') return tell(delivery, { dropped: words });
        if (trouble === 'away' && !away) log.warn('mail does not leave, it is kept', { error: words });
        away ||= trouble === 'away';
        return away ? undefined : tell(delivery, { later: words });
      }
      await tell(delivery, { sent: mail.messageId ?? null, ...(note && { with: note }) });
    };
    try {
      const left = [...written];
      const work = async () => {
        for (let next = left.shift(); next && !away; next = left.shift()) await one(next);
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, work));
    } finally {
      postman.close();
    }
  };
}

const silence: WeekWords = () => Promise.resolve(new Map());

/** All of them in a few queries. */
async function writeMails(db: Db, deliveries: Delivery[], weeks: WeekWords, now: Date): Promise<Written[]> {
  const [notices, digests] = [
    deliveries.filter(({ what }) => what === 'notice'),
    deliveries.filter(({ what }) => what === 'digest'),
  ];
  const [desk, answers, told, digested] = await Promise.all([
    openDesk(db),
    replyAddresses(db, notices),
    mailedNotices(db, notices, weeks),
    readDigests(
      db,
      digests.map(({ id }) => id),
      now,
    ),
  ]);
  const readers = new Map(digested.readers.map((reader) => [reader.delivery, reader]));
  return deliveries.map((delivery) => {
    const { id, personId } = delivery;
    if (delivery.what === 'notice') {
      const own = told.get(id);
      return { delivery, mail: own ? noticeMail(desk, delivery, own, answers.get(id)) : null };
    }
    const reader = readers.get(id);
    const own = { lines: digested.lines.get(id) ?? [], posts: digested.posts.get(id) ?? [] };
    const full = own.lines.length + own.posts.length > 0;
    return {
      delivery,
      mail: reader && full ? digestMail(desk, delivery, reader, own, now) : null,
      note: (tx) => markTold(tx, personId, digested.upto),
    };
  });
}

async function openDesk(db: Db): Promise<Desk> {
  const [address, network, secret] = await Promise.all([mailAddress(db), readNetwork(db), stopSecret(db)]);
  return { address, network: network?.name ?? 'Essaim', domain: mailDomain(), secret };
}
