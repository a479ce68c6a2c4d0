import { redirect } from '@sveltejs/kit';
import { endSession } from '#server/people/sessions.ts';
import { readSession } from '#server/people/session.ts';
import { inTransaction } from '#server/platform/db.ts';
import { dropSessionCookie } from '#server/web/session-cookie.ts';
import type { Actions } from './$types';

export const actions = {
  default: async (event) => {
    const { db } = event.locals;
    const session = await readSession(db, event.request.headers.get('cookie'));
    if (session) await inTransaction(db, (tx) => endSession(tx, session.actor, session.id));
    dropSessionCookie(event);
    // Pages that the browser remembers would come back at a step back, whoever takes it.
    event.setHeaders({ 'clear-site-data': '"cache"' });
    redirect(303, '/sign-in');
  },
} satisfies Actions;
