/**
 * Who may come in without a session. Everything else asks for one, by its address alone: what exists and what does
 * not are answered alike.
 */
const OPEN_PAGES = /^\/(sign-in|setup|invitations\/[^/]+|reset)(\/|$)/;
/** Doors with a guard of their own: a token, a feed key, or nothing to hide. */
const OWN_GUARD = /^\/api(\/|$)|^\/(feeds|files|stop)\/.|^\/(healthz|readyz|metrics|manifest\.webmanifest)$/;

/**
 * Doors for programs, which find out themselves who calls: a session is read there only when it is needed. A mail program
 * ends a stream of mails with a bare POST; its signed address is all that counts.
 */
const FOR_MACHINES = /^\/api(\/|$)|^\/stop\/[^/]+$|^\/(healthz|readyz|metrics)$/;

/** Whether the escapes in a path stand for letters. The bundler drops a decoding whose result nobody uses. */
export function isDecodable(pathname: string): boolean {
  try {
    return decodeURI(pathname).length > 0;
  } catch {
    return false;
  }
}

export function isForMachines(pathname: string): boolean {
  return FOR_MACHINES.test(pathname);
}

export function isOpenToAnyone(pathname: string): boolean {
  return OPEN_PAGES.test(pathname) || OWN_GUARD.test(pathname);
}

/** The sign-in page that leads back to `url`. To whoever was signed in a moment ago it says why. */
export function signInAddress(url: URL, ended = false): string {
  const next = url.pathname + url.search;
  const query = [ended && 'news=ended', next !== '/' && `next=${encodeURIComponent(next)}`].filter(Boolean);
  return query.length ? `/sign-in?${query.join('&')}` : '/sign-in';
}

/** Where to go after signing in: a page of ours, or the first page for anything that would lead elsewhere. */
export function safeNext(next: string | null | undefined): string {
  const base = 'http://here.invalid';
  if (!next?.startsWith('/') || !URL.canParse(next, base)) return '/';
  const url = new URL(next, base);
  const path = url.pathname + url.search + url.hash;
  // A path of two slashes would be read as a host.
  return url.origin === base && !path.startsWith('//') && url.pathname !== '/sign-out' ? path : '/';
}
