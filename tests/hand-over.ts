import { createTransport } from 'nodemailer';

/** A picture, as small as they get. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A mail, as its sender's program wrote it. */
export interface Sent {
  to: string | string[];
  from?: string;
  /** What the envelope says it comes from; the same where nothing is said. */
  returnPath?: string;
  subject?: string;
  headers?: Record<string, string>;
  text?: string;
  html?: string;
  messageId?: string;
  attachments?: { filename: string; content: Buffer | string; contentType?: string; cid?: string }[];
  raw?: string;
}

/** Hands a mail to the door at `port`, as a company's mail server does; the reply, which begins with its code. */
export async function handOver(port: number, { returnPath, ...mail }: Sent): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    const { response } = await transport.sendMail({
      ...mail,
      envelope: { from: returnPath ?? mail.from ?? '', to: mail.to },
    });
    return response;
  } catch (error) {
    return (error as { response?: string }).response ?? String(error);
  } finally {
    transport.close();
  }
}
