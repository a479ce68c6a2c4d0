/** A form as a browser without script sends it, to the action of a page. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#server/actor.ts';
import type { Db } from '#server/platform/db.ts';

export interface Sender {
  db: Db;
  actor: Actor;
  /** The value of a `Cookie` header, where the action asks for one. */
  cookie?: string;
}

/** What an action is called with when `sender` sends these fields to the page at `path`. */
export function sentForm({ db, actor, cookie }: Sender, path: string, fields: Record<string, string>): never {
  const request = new Request(`http://essaim.test${path}`, {
    method: 'POST',
    headers: cookie ? { cookie } : {},
    body: new URLSearchParams(fields),
  });
  const event: Pick<RequestEvent, 'request' | 'url'> & { locals: object } = {
    request,
    url: new URL(request.url),
    locals: { db, actor, language: 'fr' },
  };
  // Each page types the event of its own route, of which an action reads no more than this.
  return event as never;
}

/** What stands there of forms that were sent, and of what they made with a secret. */
export async function keptOfForms(db: Db): Promise<object[]> {
  return [
    ...(await db.selectFrom('idempotency_keys').selectAll().execute()),
    ...(await db.selectFrom('api_tokens').selectAll().execute()),
    ...(await db.selectFrom('events').selectAll().execute()),
  ];
}

/** All that was sent was sent longer than a minute ago. */
export async function aMinuteLater(db: Db): Promise<void> {
  await db
    .updateTable('idempotency_keys')
    .set({ created_at: new Date(Date.now() - 61_000) })
    .execute();
}
