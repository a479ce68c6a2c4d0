/**
 * The first law, by mail: what somebody may not see changes nothing of what is sent to him. The same morning on two
 * copies of one network, in one of which things are hidden: whoever may not see them receives the same mails from both.
 */
import { sql } from 'kysely';
import { afterAll, expect, test, vi } from 'vitest';
import { deliverDue } from '#server/notifications/deliver.ts';
import { prepareDigests } from '#server/notifications/digest.ts';
import { sendMails } from '#server/notifications/send-mails.ts';
import { testDatabase } from '../database.ts';
import { drawAll } from '../drawn.ts';
import { openMailbox } from '../mailbox.ts';
import { setStage, viewers, type Viewer } from './cast.ts';
import { hiddenThings, hide, type Hidden } from './hidden.ts';
import { secretWord } from './places.ts';

const box = await openMailbox();
vi.stubEnv('SMTP_URL', box.url);
afterAll(box.close);

// Databases are made before the first test, so that they end after the last.
const quiet = await morning([]);
const outsiders = await each(audiences(), async (audience) => ({
  ...audience,
  busy: await morning(audience.things),
}));
const insiders = await each(
  hiddenThings.filter(({ name }) => /^a secret community|^a post in a closed/.test(name)),
  async (hidden) => ({ ...hidden, busy: await morning([hidden]) }),
);

test('everybody who has something to read receives it on a quiet morning', () => {
  const somebodies = viewers.filter((viewer) => !['anonymous', 'author', 'guest'].includes(viewer));
  expect(somebodies.filter((viewer) => mailsTo(quiet, viewer).length === 0)).toEqual([]);
});

test.each(outsiders)(
  '$names receive the same, whether or not there is what they may not see',
  ({ outside, busy }) => {
    for (const viewer of outside) expect(mailsTo(busy, viewer), viewer).toEqual(mailsTo(quiet, viewer));
    expect(outside.flatMap((viewer) => mailsTo(busy, viewer)).join('\n')).not.toMatch(
      new RegExp(secretWord, 'i'),
    );
  },
);

test.each(insiders)('those who may see $name are told of it', ({ seenBy, busy }) => {
  const inside = seenBy.filter((viewer) => viewer !== 'author');
  expect(inside.length).toBeGreaterThan(0);
  expect(inside.filter((viewer) => !mailsTo(busy, viewer).join('\n').includes(secretWord))).toEqual([]);
});

async function each<In, Out>(all: In[], make: (one: In) => Promise<Out>): Promise<Out[]> {
  const made: Out[] = [];
  for (const one of all) made.push(await make(one));
  return made;
}

/** What everybody received, by address, without what is drawn by lot. */
interface Morning {
  addresses: Map<Viewer, string>;
  mails: Map<string, string[]>;
}

function mailsTo({ addresses, mails }: Morning, viewer: Viewer): string[] {
  return mails.get(addresses.get(viewer) ?? '') ?? [];
}

async function morning(things: Hidden[]): Promise<Morning> {
  const { db } = await testDatabase('world');
  const stage = await setStage(db);
  await drawAll(db);
  await sql`update quiet_calendar set active = false`.execute(db);
  await sql`delete from deliveries`.execute(db);
  await sql`insert into notice_settings (person_id, digest_upto, digest_due)
    select id, now() - interval '1 hour', now() + interval '1 hour' from people where status = 'active'`.execute(
    db,
  );
  // Whatever leaks would reach those who want everything.
  await sql`insert into notice_levels (person_id, community_id, level)
    select p.id, c.id, 'everything' from people p, communities c
    where p.status = 'active' and c.id in (${stage.closed.id}, ${stage.open.id})`.execute(db);
  await hide(db, stage, things);
  await drawAll(db);
  box.received.length = 0;
  const now = new Date(Date.now() + 2 * 3_600_000);
  await prepareDigests(db, now);
  await deliverDue(db, 'mail', sendMails(now), now);
  const people = await db.selectFrom('people').select(['id', 'email']).execute();
  const emails = new Map(people.map(({ id, email }) => [id, email ?? '']));
  const cast = Object.entries(stage.cast).map(
    ([name, { actor }]) => [name as Viewer, emails.get(actor.id) ?? ''] as const,
  );
  const told = box.received.map(({ to, header, mail }) => ({
    to: to[0] ?? '',
    text: withoutChance([mail.subject, header('list-id'), mail.text, mail.html].join('\n')),
  }));
  const mails = Map.groupBy(told, ({ to }) => to);
  return {
    addresses: new Map(cast),
    mails: new Map([...mails].map(([to, all]) => [to, all.map(({ text }) => text).sort()])),
  };
}

function withoutChance(text: string): string {
  return text
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')
    .replace(/\.[\w-]{43}\b/g, '.SIGNATURE');
}

/** Viewers from whom the same things are hidden. */
function audiences(): { names: string; outside: Viewer[]; things: Hidden[] }[] {
  const hiddenFrom = (viewer: Viewer) =>
    hiddenThings.filter(({ seenBy, perhaps }) => !seenBy.includes(viewer) && !perhaps?.includes(viewer));
  const groups = Map.groupBy(
    viewers.filter((viewer) => viewer !== 'anonymous'),
    (viewer) =>
      hiddenFrom(viewer)
        .map(({ name }) => name)
        .join(),
  );
  return [...groups.values()].map((outside) => ({
    names: outside.join(', '),
    outside,
    things: hiddenFrom(outside[0] ?? 'anonymous'),
  }));
}
