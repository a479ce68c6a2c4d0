/** The limit of a fan-out: bare sockets to which the same bytes are written when somebody says so. */
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

const open = new Set<Socket>();
const server = createServer((socket) => {
  open.add(socket);
  socket.on('error', () => undefined);
  socket.on('close', () => open.delete(socket));
});
process.on('message', (bytes: string) => {
  const written = Buffer.from(bytes);
  for (const socket of open) socket.write(written);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
