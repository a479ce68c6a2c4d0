/** When this happened, then these: the only list of what follows what. Each consequence is idempotent. */
import {
  tellOfComment,
  tellOfInvitation,
  tellOfPost,
  tellOfRequest,
  tellOfWelcome,
} from './notifications/audience.ts';
import type { Db, Tx } from './platform/db.ts';
import { followEvents, type StoredEvent } from './platform/event-stream.ts';

type Consequence = (tx: Tx, event: StoredEvent) => Promise<void>;

const CONSEQUENCES: Record<string, Consequence[]> = {
  'post.published': [tellOfPost],
  'comment.written': [tellOfComment],
  'community.invited': [tellOfInvitation],
  'community.asked': [tellOfRequest],
  'community.joined': [tellOfWelcome],
};

/** Draws the consequences of everything that has happened and has none yet. Gives how many events it went through. */
export function drawConsequences(db: Db): Promise<number> {
  return followEvents(db, 'consequences', async (tx, events) => {
    for (const event of events) {
      for (const follow of CONSEQUENCES[event.name] ?? []) await follow(tx, event);
    }
  });
}
