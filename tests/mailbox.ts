/** A real SMTP server on loopback, and what it was given. */
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface Received {
  to: string[];
  raw: string;
  mail: Email;
  /** One header, unfolded. */
  header(name: string): string | undefined;
}

export interface Mailbox {
  url: string;
  received: Received[];
  /** Called before a recipient is accepted: a thrown error (with `responseCode`) refuses him. */
  guard: (address: string) => void;
  /** Called when a message has come whole, before it is taken over. */
  accept: () => void;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const box: Mailbox = {
    ...{ url: '', received: [], guard: () => undefined, accept: () => undefined },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _, done) {
      attempt(() => box.guard(address), done);
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        void PostalMime.parse(raw).then((mail) =>
          attempt(() => {
            box.accept();
            const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
            box.received.push({ to: envelope.rcptTo.map(({ address }) => address), raw, mail, header });
          }, done),
        );
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  box.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return box;
}

function attempt(work: () => void, done: (error?: Error | null) => void): void {
  try {
    work();
  } catch (error) {
    return done(error as Error);
  }
  done();
}
