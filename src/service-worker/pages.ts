import { assets, immutable } from '$app/manifest';
import { currentPerson, dropWaiting, rememberPerson, rememberWindow, waitingOf } from './store.ts';

/** Says whose page an answer is. What carries no name is kept for nobody. */
const PERSON_HEADER = 'x-essaim-person';
const SHELL = 'shell';
const PAGES = 'pages ';
/** The pages that stay readable without network, and the pictures in them. */
const WORTH_KEEPING =
  /^\/(?:$|offline$|posts\/[0-9a-f-]{36}$|people(?:\/|$)|communities(?:\/|$)|tags\/|notifications$|drafts$)/;
const PICTURES = /^\/files\//;
const MOST_PAGES = 120;
const PATIENCE_MILLISECONDS = 8_000;

/** Windows that show a page as it was kept, not as it is. */
const shownKept = new Set<string>();

export const isShownKept = (client: string): boolean => shownKept.has(client);

/** What every page stands on: its styles, its small script, its icon. */
export async function keepShell(): Promise<void> {
  const needed = immutable.map(({ path }) => `/${path}`).filter((path) => /\.css$|\/workers\//.test(path));
  const icons = assets.map(({ path }) => `/${path}`).filter((path) => path.endsWith('.svg'));
  const shell = await caches.open(SHELL);
  await shell.addAll([...needed, ...icons]);
}

/** Takes away what earlier builds left. */
export async function tidyShell(): Promise<void> {
  const known = new Set([...immutable, ...assets].map(({ path }) => `/${path}`));
  const shell = await caches.open(SHELL);
  const old = (await shell.keys()).filter(({ url }) => !known.has(new URL(url).pathname));
  await Promise.all(old.map((request) => shell.delete(request)));
}

/** A file whose name changes with its content: read once. */
export async function readAsset(request: Request): Promise<Response> {
  const shell = await caches.open(SHELL);
  const kept = await shell.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await shell.put(request, response.clone());
  return response;
}

/** A page: the network's, or the one kept where that stays silent. */
export async function readPage(event: FetchEvent): Promise<Response> {
  const { request, resultingClientId } = event;
  const network = fetch(request).then((response) => {
    event.waitUntil(remember(request, response.clone(), resultingClientId));
    return response;
  });
  event.waitUntil(network.catch(() => undefined));
  const kept = async () => {
    const page = await keptPage(request);
    if (page && resultingClientId) shownKept.add(resultingClientId);
    return page;
  };
  const patience = new Promise<Response>((resolve) => {
    const tell = async () => {
      const page = await kept();
      if (page) resolve(page);
    };
    setTimeout(() => void tell(), PATIENCE_MILLISECONDS);
  });
  try {
    return await Promise.race([network, patience]);
  } catch (error) {
    const page = (await kept()) ?? (await keptPage(new Request('/offline')));
    if (page) return page;
    throw error;
  }
}

/** A picture or a file: the network's, or the one kept. */
export async function readPicture(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    const person = response.ok && response.status === 200 ? await currentPerson() : null;
    if (person && /^image\//.test(response.headers.get('content-type') ?? ''))
      await keep(person, request, response.clone());
    return response;
  } catch (error) {
    const kept = await keptPage(request);
    if (kept) return kept;
    throw error;
  }
}

export const isPicture = (url: URL): boolean => PICTURES.test(url.pathname);

async function keptPage(request: Request): Promise<Response | undefined> {
  const person = await currentPerson();
  if (!person) return undefined;
  const pages = await caches.open(PAGES + person);
  const kept = (await pages.match(request)) ?? (await pages.match(request, { ignoreSearch: true }));
  return kept && inert(kept);
}

/**
 * A kept page as it works without script: taken over by one that cannot read anything anew, it would load itself again
 * and again. Its forms go through this worker all the same.
 */
async function inert(kept: Response): Promise<Response> {
  if (!/^text\/html/.test(kept.headers.get('content-type') ?? '')) return kept;
  const headers = new Headers(kept.headers);
  for (const name of ['content-encoding', 'content-length', 'link']) headers.delete(name);
  const html = (await kept.text()).replace(
    /<script>[^]*?<\/script>|<link[^>]* rel="modulepreload"[^>]*>/g,
    '',
  );
  return new Response(html, { headers });
}

async function remember(request: Request, response: Response, client: string): Promise<void> {
  const { pathname } = new URL(request.url);
  const person = response.headers.get(PERSON_HEADER);
  // The sign-in page that greets nobody is the one sure sign that whoever was here has left.
  if (!person && response.ok && pathname === '/sign-in') return forgetPages();
  if (!person) return;
  if (person !== (await currentPerson())) await welcome(person);
  if (client) await rememberWindow(client, person);
  if (response.status === 200 && WORTH_KEEPING.test(pathname)) await keep(person, request, response);
}

async function keep(person: string, request: Request, response: Response): Promise<void> {
  const pages = await caches.open(PAGES + person);
  await pages.put(request, response);
  const kept = await pages.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST_PAGES)).map((old) => pages.delete(old)));
}

/** Somebody else, or somebody again: nothing of another person stays, and there is a page for when the network goes. */
async function welcome(person: string): Promise<void> {
  await forgetPages();
  await rememberPerson(person);
  const offline = new Request('/offline');
  const response = await fetch(offline).catch(() => null);
  if (response?.ok && response.headers.get(PERSON_HEADER) === person) await keep(person, offline, response);
}

/** Empties what was kept of anybody's pages. */
async function forgetPages(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PAGES)).map((name) => caches.delete(name)));
  await rememberPerson(null);
}

/** Whoever signs out leaves nothing behind in this browser. */
export async function forgetPerson(): Promise<void> {
  const person = await currentPerson();
  await forgetPages();
  if (!person) return;
  await Promise.all((await waitingOf(person)).map(({ key }) => dropWaiting(key)));
}

/** The pages that can be read again, newest first. */
export async function keptTitles(): Promise<{ url: string; title: string }[]> {
  const person = await currentPerson();
  if (!person) return [];
  const pages = await caches.open(PAGES + person);
  const posts = (await pages.keys())
    .filter(({ url }) => new URL(url).pathname.startsWith('/posts/'))
    .reverse();
  const titled = posts.map(async (request) => {
    const text = (await (await pages.match(request))?.text()) ?? '';
    return { url: new URL(request.url).pathname, title: titleIn(text) };
  });
  return Promise.all(titled.slice(0, 30));
}

/** A worker has no parser: the title, with the five signs that HTML escapes. */
function titleIn(html: string): string {
  const signs: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
  return title.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] ?? '');
}
