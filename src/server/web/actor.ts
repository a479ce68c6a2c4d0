import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';

/** Who acts in this request; refuses nobody. */
export function requireActor(event: Pick<RequestEvent, 'locals'>): Actor {
  if (!event.locals.actor) throw new Refusal('unauthenticated', 'unauthenticated');
  return event.locals.actor;
}
