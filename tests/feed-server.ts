/** A blog on the loopback interface, for tests: each of its addresses answers what the test puts there. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FeedServer {
  url: string;
  /** Path to answer. */
  answers: Map<string, Answer>;
  /** What was asked, in order. */
  asked: IncomingMessage[];
  close(): Promise<void>;
}

/** Starts one, and allows the guarded fetcher to reach it. */
export async function startFeedServer(): Promise<FeedServer> {
  const answers = new Map<string, Answer>();
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    const answer = answers.get(request.url ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const allowed = process.env.FETCH_ALLOW;
  process.env.FETCH_ALLOW = [allowed, host].filter(Boolean).join(',');
  return {
    url: `http://${host}`,
    answers,
    asked,
    async close() {
      process.env.FETCH_ALLOW = allowed ?? '';
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export interface FeedPost {
  id: string;
  title?: string;
  text?: string;
  author?: string;
  date?: string;
  extra?: string;
}

/** An RSS feed of those posts. */
export function rssOf(site: string, posts: FeedPost[]): string {
  const items = posts.map(
    ({
      id,
      title = id,
      text = `Texte de ${id}`,
      author,
      date = 'Mon, 06 May 2024 10:00:00 GMT',
      extra = '',
    }) => `<item>
      <title>${title}</title><link>${site}/${id}</link><guid isPermaLink="false">${id}</guid><pubDate>${date}</pubDate>
      ${author ? `<dc:creator>${author}</dc:creator>` : ''}<description>&lt;p&gt;${text}&lt;/p&gt;</description>${extra}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Carnet de route</title>
    <link>${site}</link><description>…</description>${items.join('\n')}</channel></rss>`;
}
