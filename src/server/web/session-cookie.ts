import type { RequestEvent } from '@sveltejs/kit';
import { cookieOf, SESSION_COOKIE, SESSION_DAYS } from '../people/session.ts';

/** Gives the browser's session cookie its full life again, when the session itself has got it. */
export function keepSessionCookie(event: RequestEvent): void {
  const value = cookieOf(event.request.headers.get('cookie'));
  if (!value) return;
  const secure = event.url.protocol === 'https:';
  event.cookies.set(`${secure ? '__Secure-' : ''}${SESSION_COOKIE}`, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: SESSION_DAYS * 86_400,
  });
}

/** Takes the session cookie from the browser. */
export function dropSessionCookie(event: RequestEvent): void {
  const secure = event.url.protocol === 'https:';
  event.cookies.delete(`${secure ? '__Secure-' : ''}${SESSION_COOKIE}`, { path: '/', secure });
}
