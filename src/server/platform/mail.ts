import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import { env } from '#env';
import { log } from './log.ts';

export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  text: string;
  /** The same for who likes it dressed. */
  html?: string;
  /** Without angle brackets, like those in `references`, which a mail program orders a conversation by. */
  messageId?: string;
  references?: string[];
  replyTo?: string;
  /** The stream it belongs to, and the address that ends it: by one POST, without signing in (RFC 8058). */
  list?: { id: string; unsubscribe: string };
}

/** Whether mails leave the machine. Without an SMTP server they are kept as files. */
export function mailLeaves(): boolean {
  return env.SMTP_URL !== undefined;
}

/** The domain that our messages and streams are named in. */
export function mailDomain(): string {
  return /@([^\s<>@]+)/.exec(sender())?.[1]?.toLowerCase() ?? 'localhost';
}

/** Sends a mail through `SMTP_URL`; without one, writes it to `DATA_DIR/mail` and says so in the log. */
export async function sendMail(mail: Mail): Promise<void> {
  const postman = openPost(1);
  try {
    await postman.send(mail);
  } finally {
    postman.close();
  }
}

/** Sends many mails over the same few connections. */
export interface Postman {
  /** Resolves when the server has taken the mail over. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** A postman with that many connections at most. */
export function openPost(connections: number): Postman {
  const url = env.SMTP_URL;
  if (!url) return { send: (mail) => keepAsFile(mail), close: () => undefined };
  const transport = transportTo(url, connections);
  return {
    send: async (mail) => void (await transport.sendMail(messageOf(mail))),
    close: () => transport.close(),
  };
}

/** Signs in to the mail server and sends nothing: throws what a mail would meet. */
export async function tryPost(url: string): Promise<void> {
  const transport = transportTo(url, 1);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

function transportTo(url: string, connections: number): Transporter {
  return createTransport({
    url,
    pool: connections > 1,
    maxConnections: connections,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
    // On this machine nobody stands between, and a fresh Debian's mail server has a certificate that it made itself.
    ...(isThisMachine(new URL(url).hostname) && { tls: { rejectUnauthorized: false } }),
  });
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}

/** Why a mail was not taken: for good, for now, or because no mail leaves at all. */
export type MailTrouble = 'refused' | 'later' | 'away';

/** Reads it from the error that `send` threw. */
export function mailTrouble(error: unknown): MailTrouble {
  const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number };
  if (responseCode === undefined || code === 'EAUTH' || responseCode === 421) return 'away';
  const lasting = responseCode >= 500 && (command === 'RCPT TO' || code === 'EMESSAGE');
  return lasting ? 'refused' : 'later';
}

function sender(): string {
  return env.MAIL_FROM ?? 'Essaim <essaim@localhost>';
}

function messageOf(mail: Mail) {
  return {
    from: sender(),
    // As an object, so that a comma in it cannot make two addresses.
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html !== undefined && { html: mail.html }),
    ...(mail.messageId !== undefined && { messageId: `<${mail.messageId}>` }),
    ...(mail.replyTo !== undefined && { replyTo: { name: '', address: mail.replyTo } }),
    headers: headersOf(mail),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function headersOf(mail: Mail): Record<string, string> {
  const references = mail.references?.map((id) => `<${id}>`) ?? [];
  return {
    'Auto-Submitted': 'auto-generated',
    ...(references.length > 0 && {
      'In-Reply-To': references.at(-1) ?? '',
      References: references.join(' '),
    }),
    ...(mail.list && {
      'List-Id': `<${mail.list.id}>`,
      'List-Unsubscribe': `<${mail.list.unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  };
}

/** Not encoded, so that whoever runs the machine reads it, and its links, without a mail program. */
async function keepAsFile(mail: Mail): Promise<void> {
  const boundary = `essaim-${randomUUID()}`;
  const headers = {
    From: sender(),
    To: mail.to,
    Subject: mail.subject,
    Date: new Date().toUTCString(),
    ...(mail.messageId !== undefined && { 'Message-ID': `<${mail.messageId}>` }),
    ...(mail.replyTo !== undefined && { 'Reply-To': mail.replyTo }),
    ...headersOf(mail),
    'MIME-Version': '1.0',
    ...(mail.html === undefined
      ? PLAIN
      : { 'Content-Type': `multipart/alternative; boundary="${boundary}"` }),
  };
  const body =
    mail.html === undefined
      ? mail.text
      : [part(boundary, 'plain', mail.text), part(boundary, 'html', mail.html), `--${boundary}--\n`].join(
          '\n',
        );
  const folder = join(env.DATA_DIR, 'mail');
  const path = join(
    folder,
    `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`,
  );
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Mails carry links that let people in: only the account that runs Essaim reads them.
  await writeFile(path, `${lines(headers)}\n\n${body}`, { mode: 0o600 });
  log.info('no SMTP_URL: a mail was kept as a file', { path });
}

const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': '8bit' };

function part(boundary: string, kind: 'plain' | 'html', content: string): string {
  const headers = { 'Content-Type': `text/${kind}; charset=utf-8`, 'Content-Transfer-Encoding': '8bit' };
  return `--${boundary}\n${lines(headers)}\n\n${content}\n`;
}

function lines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`)
    .join('\n');
}
