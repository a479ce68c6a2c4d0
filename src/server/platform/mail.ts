import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { env } from '#env';
import { log } from './log.ts';

export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  text: string;
}

/** Whether mails leave the machine. Without an SMTP server they are kept as files. */
export function mailLeaves(): boolean {
  return env.SMTP_URL !== undefined;
}

/** Sends a mail through `SMTP_URL`; without one, writes it to `DATA_DIR/mail` and says so in the log. */
export async function sendMail(mail: Mail): Promise<void> {
  const from = env.MAIL_FROM ?? 'Essaim <essaim@localhost>';
  const url = env.SMTP_URL;
  if (!url) return keepAsFile(from, mail);
  const transport = createTransport(url);
  try {
    await transport.sendMail({
      from,
      // As an object, so that a comma in it cannot make two addresses.
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      headers: { 'auto-submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } finally {
    transport.close();
  }
}

/** Not encoded, so that whoever runs the machine reads it, and its links, without a mail program. */
async function keepAsFile(from: string, mail: Mail): Promise<void> {
  const headers = {
    From: from,
    To: mail.to,
    Subject: mail.subject,
    Date: new Date().toUTCString(),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`);
  const folder = join(env.DATA_DIR, 'mail');
  const path = join(
    folder,
    `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`,
  );
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Mails carry links that let people in: only the account that runs Essaim reads them.
  await writeFile(path, `${lines.join('\n')}\n\n${mail.text}`, { mode: 0o600 });
  log.info('no SMTP_URL: a mail was kept as a file', { path });
}
