/** When this happened, then these: the only list of what follows what. Each consequence is idempotent. */
import { forgetFormerHandles } from './erasure/former-handle.ts';
import { nameCompanions } from './first-day/companion.ts';
import { hurry } from './insistence/insist.ts';
import { noteLinks } from './links/note.ts';
import {
  tellOfComments,
  tellOfHeldBack,
  tellOfHidden,
  tellOfInvitations,
  tellOfNames,
  tellOfMailedDrafts,
  tellOfPosts,
  tellOfReactions,
  tellOfReports,
  tellOfRequests,
  tellOfSettled,
  tellOfShown,
  tellOfWeeks,
  tellOfWelcomes,
} from './notifications/audience.ts';
import { followClocks } from './notifications/digest.ts';
import { noteTexts } from './twins/sketch.ts';
import type { Db, Tx } from './platform/db.ts';
import { followEvents, type StoredEvent } from './platform/event-stream.ts';
import { ringProcesses } from './platform/live-channel.ts';

/** Takes all events of its name in a batch at once. */
type Consequence = (tx: Tx, events: StoredEvent[]) => Promise<void>;

const CONSEQUENCES: Record<string, Consequence[]> = {
  'post.published': [tellOfPosts, noteLinks, noteTexts],
  'comment.written': [tellOfComments, noteLinks],
  'post.held_back': [tellOfHeldBack],
  'post.mailed': [tellOfMailedDrafts],
  'post.edited': [noteLinks, noteTexts],
  'comment.edited': [noteLinks],
  'page.named': [tellOfNames],
  'reaction.given': [tellOfReactions],
  'person.edited': [followClocks, forgetFormerHandles],
  'community.invited': [tellOfInvitations],
  'community.asked': [tellOfRequests],
  'community.joined': [tellOfWelcomes],
  'person.insisted': [hurry],
  'report.made': [tellOfReports],
  'report.resolved': [tellOfSettled],
  ...each(['post.hidden', 'page.hidden', 'comment.hidden', 'watch.hidden', 'dossier.hidden'], tellOfHidden),
  ...each(['post.shown', 'page.shown', 'comment.shown', 'watch.shown', 'dossier.shown'], tellOfShown),
  'person.created': [nameCompanions],
  'page.created': [noteTexts],
  'page.edited': [noteTexts],
  'item.shared': [noteTexts],
  'item.edited': [noteTexts],
  'item.unshared': [noteTexts],
  'watch.shared': [noteTexts],
  'watch.unshared': [noteTexts],
  'dossier.week': [tellOfWeeks],
};

function each(names: string[], consequence: Consequence): Record<string, Consequence[]> {
  return Object.fromEntries(names.map((name) => [name, [consequence]]));
}

/** Draws the consequences of everything that has happened and has none yet. Gives how many events it went through. */
export function drawConsequences(db: Db): Promise<number> {
  return followEvents(db, 'consequences', async (tx, events) => {
    const named = Map.groupBy(events, (event) => event.name);
    for (const [name, happened] of named) {
      for (const follow of CONSEQUENCES[name] ?? []) await follow(tx, happened);
    }
    await ringProcesses(tx);
  });
}
