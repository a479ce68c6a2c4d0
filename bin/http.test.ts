import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { OperatorError } from '#env';
import { hostHeader, listen, protocolHeader, refuseTakenPort, type Listening } from './http.ts';

const agent = new Agent({ keepAlive: true });
let server: Listening | undefined;

afterEach(() => server?.stop(0));

async function serve(handler: RequestListener, origin?: string): Promise<Listening> {
  return (server = await listen(handler, { port: 0, host: '127.0.0.1', origin }));
}

async function ask({ port }: Listening, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const [response] = await once(get({ port, host: '127.0.0.1', agent, headers }), 'response');
  return response;
}

test('finishes the requests under way, and closes the connections that wait', async () => {
  const arrived = Promise.withResolvers<() => void>();
  const listening = await serve((_, response) => {
    response.write('first half, ');
    arrived.resolve(() => response.end('second half'));
  });
  const response = await ask(listening);
  const finish = await arrived.promise;
  const stopped = listening.stop(60_000);
  finish();
  expect(await text(response)).toBe('first half, second half');
  await stopped;
  await expect(ask(listening)).rejects.toThrow('ECONNREFUSED');
});

test('does not wait for a live stream', async () => {
  const listening = await serve((_, response) => {
    response.setHeader('content-type', 'text/event-stream').write(': hello\n\n');
  });
  const response = await ask(listening);
  const ended = expect(text(response)).rejects.toThrow('aborted');
  await listening.stop(60_000);
  await ended;
});

test('ends a request that does not finish in time', async () => {
  const listening = await serve((_, response) => response.write('for ever'));
  const response = await ask(listening);
  const ended = expect(text(response)).rejects.toThrow('aborted');
  await listening.stop(50);
  await ended;
});

const echo: RequestListener = ({ headers }, response) =>
  response.end(`${headers[protocolHeader]}://${headers[hostHeader]}`);
const forged = { host: 'evil.example', [protocolHeader]: 'https', [hostHeader]: 'evil.example' };

test('tells the application the address of the operator, whatever the request claims', async () => {
  const listening = await serve(echo, 'https://network.example.com');
  expect(await text(await ask(listening, forged))).toBe('https://network.example.com');
});

test('tells it the address the browser asked for, where the operator gave none', async () => {
  const listening = await serve(echo);
  expect(await text(await ask(listening, { ...forged, host: 'box.local:3000' }))).toBe(
    'http://box.local:3000',
  );
});

test('says in a sentence that the port is taken', async () => {
  const { port } = await serve(echo);
  await expect(refuseTakenPort(port, '127.0.0.1')).rejects.toThrow(OperatorError);
  await expect(refuseTakenPort(port, '127.0.0.1')).rejects.toThrow(String(port));
});
