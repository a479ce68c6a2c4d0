/** How mail leaves, and how it comes in. */
import { read } from './environment.ts';
import { missing, wrong, wrongSecret } from './wrong.ts';

export const mail = {
  SMTP_URL(): string | undefined {
    const value = read('SMTP_URL');
    if (value !== undefined && !(/^smtps?:\/\/./.test(value) && URL.canParse(value) && new URL(value).host))
      wrongSecret(
        'SMTP_URL',
        'ressembler à smtp://utilisateur:secret@serveur:587 ou smtps://…:465',
        'look like smtp://user:secret@server:587 or smtps://…:465',
      );
    return value;
  },

  MAIL_FROM(): string | undefined {
    const value = read('MAIL_FROM');
    if (value !== undefined && !/[^\s<>@]+@[^\s<>@]+/.test(value)) {
      wrong(
        'MAIL_FROM',
        value,
        'une adresse comme Essaim <essaim@example.com>',
        'an address like Essaim <essaim@example.com>',
      );
    }
    return value;
  },

  /** Where answers by mail come in: they are taken only when it is set, and by a worker. */
  MAIL_IN(): { host: string; port: number } | undefined {
    const value = read('MAIL_IN');
    if (value === undefined) return undefined;
    const [, host = '', port = ''] = /^(\[[\da-f:]+\]|[^\s:/]+):(\d{1,5})$/i.exec(value) ?? [];
    if (!host || Number(port) > 65535)
      wrong('MAIL_IN', value, 'une adresse comme 127.0.0.1:2525', 'an address like 127.0.0.1:2525');
    if (!read('MAIL_DOMAIN'))
      missing('MAIL_DOMAIN', 'MAIL_IN', 'le domaine des réponses', 'the domain of answers');
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  },

  /** The domain of the addresses at which people answer our mails; without one they cannot. */
  MAIL_DOMAIN(): string | undefined {
    const value = read('MAIL_DOMAIN')?.toLowerCase();
    if (value !== undefined && !/^[a-z\d]([a-z\d.-]{0,180}[a-z\d])?$/.test(value))
      wrong(
        'MAIL_DOMAIN',
        value,
        'un domaine comme reponses.exemple.fr',
        'a domain like replies.example.com',
      );
    return value;
  },
};
