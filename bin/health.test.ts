import { createServer } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { serverFault } from './health.ts';

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((closed) => server.close(closed));
});

/** Listens, and is what PORT names. */
async function onPort(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(server);
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('PORT', String(port));
  vi.stubEnv('HOST', '127.0.0.1');
  vi.stubEnv('LANG', 'C.UTF-8');
  return port;
}

/** A server of those paths; the rest is not found. */
function answering(paths: Record<string, [number, string]>): Server {
  return createServer((request, response) => {
    const [status, text] = paths[request.url ?? ''] ?? [404, 'no'];
    response.writeHead(status, { connection: 'close' }).end(text);
  });
}

const WELL: Record<string, [number, string]> = { '/healthz': [200, 'ok\n'], '/readyz': [200, 'ok\n'] };

test('all is well where the server and its database answer', async () => {
  await onPort(answering(WELL));
  expect(await serverFault(undefined)).toBeNull();
  expect(await serverFault(7)).toBeNull();
});

test('a server of another data folder is told from ours', async () => {
  await onPort(answering(WELL));
  expect(await serverFault(null)).toContain('DATA_DIR');
});

test('nobody answers: it is to be started, or asked elsewhere', async () => {
  const port = await onPort(answering(WELL));
  await new Promise((closed) => open.pop()!.close(closed));
  expect(await serverFault(null)).toMatch(new RegExp(`port ${port}: start Essaim`));
  expect(await serverFault(7)).toMatch(/process 7.*same PORT/);
});

test('something else answers', async () => {
  await onPort(answering({ '/healthz': [200, 'Welcome'] }));
  expect(await serverFault(undefined)).toContain('It is not Essaim');
  await onPort(
    createSocketServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('SSH-2.0\r\n'),
    ),
  );
  expect(await serverFault(undefined)).toContain('It is not Essaim');
});

test('a port that is held and silent is told after a while', async () => {
  await onPort(createSocketServer((socket) => socket.on('error', () => undefined).resume()));
  expect(await serverFault(7)).toMatch(/does not answer: restart the server \(process 7\)/);
});

test('a server whose database does not answer', async () => {
  await onPort(answering({ ...WELL, '/readyz': [503, 'the database does not answer'] }));
  expect(await serverFault(7)).toContain('its database does not answer');
});
