import { sql } from 'kysely';
import { isGuest, type Actor } from '../actor.ts';
import { invalid, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import { checkName } from './create.ts';
import { changeHandle, holdHandle, isGivenUp, isHandle, takeFromOutside } from './handle.ts';

/** What a person says of himself, as he edits it. */
export interface OwnProfile {
  handle: string;
  name: string;
  email: string | null;
  headline: string;
  bio: string;
  asksAbout: string[];
  helpsWith: string[];
  language: 'fr' | 'en';
  timeZone: string;
  website: string | null;
  /** Id of his picture; null where he has none. */
  picture: string | null;
}

/** The actor's own profile. */
export async function ownProfile(db: Db, actor: Actor): Promise<OwnProfile> {
  return db
    .selectFrom('people')
    .select(['handle', 'name', 'email', 'headline', 'bio', 'language', 'website', 'picture'])
    .select(['asks_about as asksAbout', 'helps_with as helpsWith', 'time_zone as timeZone'])
    .where('id', '=', actor.id)
    .executeTakeFirstOrThrow();
}

export type ProfileChange = Partial<Omit<OwnProfile, 'email' | 'language' | 'picture'>> & {
  language?: string;
};

/** Changes what the actor says of himself; what is not given stays. */
export async function editProfile(tx: Tx, actor: Actor, input: ProfileChange): Promise<void> {
  const change = {
    ...(input.name !== undefined && { name: checkName(input.name) }),
    ...(input.headline !== undefined && { headline: checkLength('headline', input.headline.trim(), 200) }),
    ...(input.bio !== undefined && rendered(checkLength('bio', input.bio, 10_000))),
    ...(input.asksAbout && { asks_about: checkSubjects('asksAbout', input.asksAbout) }),
    ...(input.helpsWith && { helps_with: checkSubjects('helpsWith', input.helpsWith) }),
    ...(input.language !== undefined && { language: checkLanguage(input.language) }),
    ...(input.timeZone !== undefined && { time_zone: checkTimeZone(input.timeZone) }),
    ...(input.website !== undefined && { website: checkWebsite(input.website) }),
  };
  const handle = input.handle === undefined ? undefined : checkHandle(actor, input.handle);
  const fields = [...Object.keys(change), ...(handle === undefined ? [] : ['handle'])];
  if (!fields.length) return;
  if (handle !== undefined) {
    await requireFreeHandle(tx, actor, handle);
    await changeHandle(tx, actor.id, handle);
  }
  if (Object.keys(change).length)
    await tx.updateTable('people').set(change).where('id', '=', actor.id).execute();
  if (change.name) {
    await sql`update auth_user set name = ${change.name}, "updatedAt" = now()
      from people where people.auth_user_id = auth_user.id and people.id = ${actor.id}`.execute(tx);
  }
  await recordEvent(tx, {
    name: 'person.edited',
    actorId: actor.id,
    subjectId: actor.id,
    data: {
      fields,
      ...(handle !== undefined && handle !== actor.handle && { formerHandle: actor.handle }),
    },
  });
}

function rendered(bio: string) {
  return { bio, bio_html: renderMarkdown(bio).html };
}

async function requireFreeHandle(tx: Tx, actor: Actor, handle: string): Promise<void> {
  // In one order: two who change with each other would each wait for the other.
  for (const each of [...new Set([handle, actor.handle])].sort()) await holdHandle(tx, each);
  await takeFromOutside(tx, handle);
  const holder = await tx
    .selectFrom('people')
    .select('id')
    .where('handle', '=', handle)
    .where('id', '<>', actor.id)
    .executeTakeFirst();
  if (holder || (await isGivenUp(tx, handle, actor.id)))
    throw new Refusal('conflict', 'handle_taken', { handle: 'handle_taken' });
}

/** A guest keeps the handle he has: "taken" would tell him of people whom he does not see. */
function checkHandle(actor: Actor, text: string): string {
  const handle = text.trim().replace(/^@/, '').toLowerCase();
  if (isGuest(actor) && handle !== actor.handle) throw new Refusal('forbidden', 'guests_keep_handle');
  if (!isHandle(handle)) throw invalid('handle', 'bad_handle');
  return handle;
}

function checkLength(field: string, text: string, most: number): string {
  if (text.length > most) throw invalid(field, 'text_too_long');
  return text;
}

function checkSubjects(field: string, texts: string[]): string[] {
  const subjects = [...new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean))];
  if (subjects.length > 50 || subjects.some((subject) => subject.length > 90)) {
    throw invalid(field, 'too_many_subjects');
  }
  return subjects;
}

/** One of the two that the network speaks. */
export function checkLanguage(text: string): 'fr' | 'en' {
  if (text !== 'fr' && text !== 'en') throw invalid('language', 'bad_language');
  return text;
}

function checkTimeZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone && text;
  } catch {
    throw invalid('timeZone', 'bad_time_zone');
  }
}

function checkWebsite(text: string | null): string | null {
  const typed = text?.trim();
  if (!typed) return null;
  const address = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (typed.length > 500 || !URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw invalid('website', 'bad_website');
  }
  return new URL(address).href;
}
