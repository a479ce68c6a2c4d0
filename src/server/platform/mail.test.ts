import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sendMail } from './mail.ts';

const folder = mkdtempSync(join(tmpdir(), 'essaim-mail-'));
const mail = {
  to: 'claire@aubrelle.example',
  subject: 'Été\r\nBcc: x@y.example',
  text: 'Voilà :\n\nhttp://a/b\n',
};

beforeEach(() => {
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('SMTP_URL', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('without a server, a mail is a file that only we read', async () => {
  await sendMail(mail);
  const [name = ''] = readdirSync(join(folder, 'mail'));
  const text = readFileSync(join(folder, 'mail', name), 'utf8');
  expect(text).toContain('To: claire@aubrelle.example\nSubject: Été Bcc: x@y.example\n');
  expect(text).toContain('\n\nVoilà :\n\nhttp://a/b\n');
  expect(statSync(join(folder, 'mail', name)).mode & 0o077).toBe(0);
});

test.each([
  ['without encryption', ['STARTTLS']],
  ['with a certificate that it made itself, as on a fresh Debian', []],
])('with a server on this machine, %s, it goes to its one address', async (_, disabledCommands) => {
  const { received, port, close } = await mailServer({ disabledCommands });
  try {
    vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${port}`);
    await sendMail(mail);
  } finally {
    await close();
  }
  expect(received.map(({ to }) => to)).toEqual([['claire@aubrelle.example']]);
  expect(received[0]?.text).not.toMatch(/^Bcc:/m);
});

test('a server elsewhere has to show a certificate that somebody vouches for', async () => {
  const { received, port, close } = await mailServer({});
  try {
    vi.stubEnv('SMTP_URL', `smtp://[::ffff:127.0.0.1]:${port}`);
    await expect(sendMail(mail)).rejects.toThrow('certificate');
  } finally {
    await close();
  }
  expect(received).toEqual([]);
});

async function mailServer(options: SMTPServerOptions) {
  const received: { to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    onData(stream, { envelope }, done) {
      let text = '';
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      stream.on('end', () => {
        received.push({ to: envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const close = () => new Promise<void>((closed) => server.close(closed));
  return { received, port: (server.server.address() as AddressInfo).port, close };
}
