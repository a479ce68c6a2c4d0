/** The HTTP server around the built application: limits, the address requests came to, and a graceful end. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { inWords, OperatorError } from '#env';

export interface Listening {
  port: number;
  /** Lets the requests under way finish, for `patience` milliseconds at most. */
  stop(patience: number): Promise<void>;
}

/** Headers by which the application is told the address: `prepareApplication` makes it believe these only. */
export const protocolHeader = 'x-essaim-protocol';
export const hostHeader = 'x-essaim-host';

/** Listens, once the port is known to be free. `origin` is the address that people type, when the operator gave one. */
export async function listen(
  handler: RequestListener,
  { port, host, origin }: { port: number; host?: string; origin?: string },
): Promise<Listening> {
  const open = new Set<ServerResponse>();
  let stopping = false;
  const server = createServer(
    { headersTimeout: 15_000, requestTimeout: 300_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    (request, response) => {
      open.add(response);
      response.once('close', () => open.delete(response));
      if (stopping) response.setHeader('connection', 'close');
      tellAddress(request, origin);
      handler(request, response);
    },
  );
  await listening(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    stop: (patience) => {
      stopping = true;
      return drain(server, open, patience);
    },
  };
}

/** Says in one sentence, before anything is started, that the port is not to be had. */
export async function refuseTakenPort(port: number, host?: string): Promise<void> {
  const server = createServer();
  await listening(server, port, host);
  await new Promise((done) => server.close(done));
}

function listening(server: Server, port: number, host?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(unavailable(error, port)));
    server.listen({ port, host }, () => resolve());
  });
}

function unavailable(error: NodeJS.ErrnoException, port: number): Error {
  const sentences: Record<string, [string, string]> = {
    EADDRINUSE: [
      `Le port ${port} est déjà pris : arrêtez ce qui l’occupe, ou choisissez-en un autre (PORT=3001 npm start).`,
      `Port ${port} is already taken: stop what uses it, or choose another (PORT=3001 npm start).`,
    ],
    EACCES: [
      `Ce compte n’a pas le droit d’écouter sur le port ${port}.`,
      `This account may not listen on port ${port}.`,
    ],
    EADDRNOTAVAIL: ['HOST n’est pas une adresse de cette machine.', 'HOST is no address of this machine.'],
    ENOTFOUND: ['HOST est inconnu.', 'HOST is unknown.'],
  };
  const sentence = sentences[error.code ?? ''];
  return sentence ? new OperatorError(inWords(...sentence)) : error;
}

/** The operator's address, whatever the request claims; without one, what the browser asked for. */
function tellAddress(request: IncomingMessage, origin: string | undefined): void {
  const url = origin ? new URL(origin) : null;
  request.headers[protocolHeader] = url ? url.protocol.slice(0, -1) : 'http';
  request.headers[hostHeader] = url ? url.host : (request.headers.host ?? 'localhost');
}

async function drain(server: Server, open: Set<ServerResponse>, patience: number): Promise<void> {
  const closed = new Promise((done) => server.close(done));
  for (const response of open) {
    const { socket } = response;
    if (isEndless(response)) response.destroy();
    else if (!response.headersSent) response.setHeader('connection', 'close');
    else response.once('finish', () => socket?.end());
  }
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(timer);
}

/** A live stream ends when one of the two leaves; its browser comes back by itself. */
function isEndless(response: ServerResponse): boolean {
  return String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
}
