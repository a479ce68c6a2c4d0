import { sql, type RawBuilder } from 'kysely';
import { isGuest, type Actor } from '../actor.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import { recordEvent } from '../platform/events.ts';

/** Somebody at a newcomer's side. */
export interface Companion {
  handle: string;
  name: string;
  headline: string;
  /** Id of his picture; null where he has none. */
  picture: string | null;
  /** How he is reached, in his own words. */
  contact: string;
}

/** Somebody who has just come in, as his companion sees him. */
export type Newcomer = Omit<Companion, 'contact'>;

const LONGEST_CONTACT = 200;
/** How long a newcomer is his companion's concern. */
const DAYS_TOGETHER = 21;

/** Names a companion for those who have just come in: the one who invited him or, sooner, a volunteer. */
export async function nameCompanions(tx: Tx, events: StoredEvent[]): Promise<void> {
  await sql`insert into first_days (person_id, begun_at, companion_id)
    select newcomer.id, newcomer.created_at, coalesce(
      (select person_id from companions where person_id = event.actor_id and person_id <> newcomer.id
        and ${hereAndNotGuest(sql`companions.person_id`)}),
      ${freestVolunteer(sql`newcomer.id`)},
      (select id from people where id = event.actor_id and id <> newcomer.id and status = 'active' and role <> 'guest'))
    from events event join people newcomer on newcomer.id = event.subject_id
    where event.id = any(${events.map((event) => event.id)}::bigint[])
      and newcomer.status = 'active' and newcomer.role <> 'guest'
    on conflict (person_id) do nothing`.execute(tx);
}

function hereAndNotGuest(id: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from people here where here.id = ${id} and here.status = 'active'
    and here.role <> 'guest')`;
}

/** The volunteer who has had the fewest newcomers lately. */
function freestVolunteer(newcomer: RawBuilder<unknown>, besides: RawBuilder<unknown> = sql`null::uuid`) {
  return sql`(select person_id from companions where person_id <> ${newcomer}
      and person_id is distinct from ${besides} and ${hereAndNotGuest(sql`companions.person_id`)}
    order by (select count(*) from first_days taken where taken.companion_id = companions.person_id
      and taken.begun_at > now() - interval '60 days'), since, person_id limit 1)`;
}

/** The actor's companion, while he is here. */
export async function companionOf(db: Db, actor: Actor): Promise<Companion | null> {
  const { rows } = await sql<Companion>`select people.handle, people.name, people.headline, people.picture,
      coalesce(companions.contact, '') as contact
    from first_days join people on people.id = first_days.companion_id and people.status = 'active'
      left join companions on companions.person_id = people.id
    where first_days.person_id = ${actor.id}`.execute(db);
  return rows[0] ?? null;
}

/** Somebody else at the actor's side. Neither is told why. */
export async function changeCompanion(tx: Tx, actor: Actor): Promise<void> {
  if (isGuest(actor)) throw notFound();
  const { rows } = await sql`insert into first_days (person_id, companion_id)
    select ${actor.id}, ${freestVolunteer(sql`${actor.id}::uuid`)}
    on conflict (person_id) do update set met_at = null,
      companion_id = coalesce(${freestVolunteer(sql`${actor.id}::uuid`, sql`first_days.companion_id`)}, first_days.companion_id)
    where ${freestVolunteer(sql`${actor.id}::uuid`, sql`first_days.companion_id`)} is not null
    returning companion_id`.execute(tx);
  if (rows.length === 0) throw new Refusal('conflict', 'companion_none');
}

/** Newcomers at whose side the actor is, until he says that they have spoken. Of what they did, nothing. */
export async function newcomersOf(db: Db, actor: Actor): Promise<Newcomer[]> {
  const { rows } = await sql<{ newcomers: Newcomer[] }>`select ${newcomersFor(actor)} as newcomers`.execute(
    db,
  );
  return rows[0]!.newcomers;
}

/** The same within a statement. */
export function newcomersFor(actor: Actor): RawBuilder<Newcomer[]> {
  return sql<Newcomer[]>`(select coalesce(json_agg(newcomer), '[]') from (
    select people.handle, people.name, people.headline, people.picture
    from first_days join people on people.id = first_days.person_id and people.status = 'active'
    where companion_id = ${actor.id} and met_at is null
      and begun_at > now() - make_interval(days => ${DAYS_TOGETHER})
    order by begun_at, people.id limit 5) newcomer)`;
}

/** The two have spoken. */
export async function meetNewcomer(tx: Tx, actor: Actor, handle: string): Promise<void> {
  const { rows } = await sql`update first_days set met_at = now() from people
    where people.id = first_days.person_id and people.handle = ${handle} and companion_id = ${actor.id}
    returning person_id`.execute(tx);
  if (rows.length === 0) throw notFound();
}

/** How the actor is reached as a companion; null while he is none. */
export async function ownCompanionship(db: Db, actor: Actor): Promise<{ contact: string } | null> {
  const row = await db
    .selectFrom('companions')
    .select('contact')
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  return row ?? null;
}

/** The actor likes to be at a newcomer's side. */
export async function volunteer(tx: Tx, actor: Actor, input: { contact: string }): Promise<void> {
  if (isGuest(actor)) throw new Refusal('forbidden', 'companion_guest');
  const contact = input.contact.replace(/\s+/g, ' ').trim();
  if (contact.length > LONGEST_CONTACT) throw invalid('contact', 'companion_contact_long');
  await sql`insert into companions (person_id, contact) values (${actor.id}, ${contact})
    on conflict (person_id) do update set contact = excluded.contact`.execute(tx);
  await recordEvent(tx, { name: 'person.volunteered', actorId: actor.id, subjectId: actor.id });
}

/** He does no longer. Those at whose side he is keep him. */
export async function stopVolunteering(tx: Tx, actor: Actor): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('companions')
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  if (numDeletedRows)
    await recordEvent(tx, { name: 'person.volunteered', actorId: actor.id, subjectId: actor.id });
}
