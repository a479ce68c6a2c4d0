/** A network that can be cut: what browsers see of a server, through a wire of our own. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Wire {
  origin: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Stands between a browser and the server at `origin`. While it is cut, nobody answers. */
export async function wireTo(origin: string): Promise<Wire> {
  const { hostname, port } = new URL(origin);
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => (whole = true),
    async close() {
      cut();
      await new Promise((done) => server.close(done));
    },
  };
}
