/** A server of vectors on the loopback interface, for tests, spoken to as OpenAI's `/embeddings` is. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (input: string[], response: ServerResponse) => void;

export interface VectorsServer {
  address: string;
  host: string;
  /** How it answers; by meaning, unless the test says otherwise. */
  answer: Answer;
  /** What it was asked: the texts of each request, in order, and what came with them. */
  asked: { texts: string[]; body: string; headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

/** Starts one in which a text points to the subjects it speaks of: each is a few words that mean the same. */
export async function startVectorsServer(...subjects: RegExp[]): Promise<VectorsServer> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await request.toArray()).toString();
      const { input } = JSON.parse(body) as { input: string[] };
      running.asked.push({ texts: input, body, headers: request.headers });
      running.answer(input, response);
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running: VectorsServer = {
    address: `http://${host}/v1/embeddings`,
    host,
    answer: byMeaning(...subjects),
    asked: [],
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return running;
}

/** Answers in another order than asked, as the interface allows. */
export function byMeaning(...subjects: RegExp[]): Answer {
  return (input, response) => {
    const data = input.map((text, index) => ({ index, embedding: meaning(text, subjects) }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: data.reverse() }));
  };
}

/** A direction for each subject, and one for whatever speaks of none. */
function meaning(text: string, subjects: RegExp[]): number[] {
  const found = subjects.map((subject) => (subject.test(text) ? 1 : 0));
  return [...found, found.some(Boolean) ? 0 : 1];
}
