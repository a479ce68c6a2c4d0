/** A server of vectors on the loopback interface, for tests, spoken to as OpenAI's `/embeddings` is. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (input: string[], response: ServerResponse) => void;

export interface VectorsServer {
  address: string;
  host: string;
  /** How it answers from now on. */
  answer: Answer;
  /** What it was asked: the texts of each request, in order, and what came with them. */
  asked: { texts: string[]; body: string; headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

/** Starts one that answers with what `vectorOf` gives for each text. */
export async function startVectorsServer(vectorOf: (text: string) => number[]): Promise<VectorsServer> {
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
    answer: vectors(vectorOf),
    asked: [],
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return running;
}

/** Each text's vector, in another order than asked, as the interface allows. */
export function vectors(vectorOf: (text: string) => number[]): Answer {
  return (input, response) => {
    const data = input.map((text, index) => ({ index, embedding: vectorOf(text) })).reverse();
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
  };
}
