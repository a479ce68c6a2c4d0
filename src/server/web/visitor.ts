import type { RequestEvent } from '@sveltejs/kit';
import { parseSetCookieHeader } from 'better-auth/cookies';
import { env } from '#env';
import type { Visitor } from '../people/sign-in.ts';

/** The browser behind a request, as the accounts want to know it. */
export function visitorOf(event: RequestEvent): Visitor {
  return {
    origin: env.ORIGIN ?? event.url.origin,
    headers: event.request.headers,
    ip: event.getClientAddress(),
  };
}

/** Gives the browser the cookies that the accounts want it to carry. */
export function carry(event: RequestEvent, cookies: string[]): void {
  for (const [name, cookie] of cookies.flatMap((header) => [...parseSetCookieHeader(header)])) {
    event.cookies.set(name, cookie.value, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: cookie.secure === true,
      ...(cookie['max-age'] !== undefined && { maxAge: cookie['max-age'] }),
    });
  }
}
