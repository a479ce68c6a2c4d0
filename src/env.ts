/**
 * The only reader of the environment. Values are read when asked for, because the command line sets the address of
 * the embedded database after it has started it.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What the person who runs Essaim must put right. The command line prints the sentence, without a stack. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}

/** SvelteKit claims a file of this name and place, for variables it would hand out itself: there are none. */
export const variables = {};

const roles = ['web', 'worker'] as const;
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type Role = (typeof roles)[number];
export type LogLevel = (typeof logLevels)[number];

export const env = {
  get PORT(): number {
    const value = read('PORT') ?? '3000';
    const port = Number(value);
    if (!/^\d+$/.test(value) || port > 65535)
      wrong('PORT', value, 'un nombre de 0 à 65535', 'a number from 0 to 65535');
    return port;
  },

  /** The address to listen on; every one when unset. */
  get HOST(): string | undefined {
    return read('HOST');
  },

  /** The address people type, without a final slash; `undefined` means "whatever the request says". */
  get ORIGIN(): string | undefined {
    const value = read('ORIGIN');
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
      wrong(
        'ORIGIN',
        value,
        'une adresse comme https://reseau.example.com',
        'an address like https://network.example.com',
      );
    }
    return url.origin;
  },

  get DATA_DIR(): string {
    return resolve(read('DATA_DIR') ?? 'data');
  },

  get DATABASE_URL(): string | undefined {
    const value = read('DATABASE_URL');
    if (value !== undefined && !/^postgres(ql)?:\/\//.test(value)) {
      // The value may hold a password: it is not repeated.
      throw new OperatorError(
        inWords(
          'DATABASE_URL doit commencer par postgres:// ou postgresql://.',
          'DATABASE_URL must begin with postgres:// or postgresql://.',
        ),
      );
    }
    return value;
  },

  get SMTP_URL(): string | undefined {
    const value = read('SMTP_URL');
    if (value !== undefined && !/^smtps?:\/\/./.test(value)) {
      throw new OperatorError(
        inWords(
          'SMTP_URL doit ressembler à smtp://utilisateur:secret@serveur:587 ou smtps://…:465.',
          'SMTP_URL must look like smtp://user:secret@server:587 or smtps://…:465.',
        ),
      );
    }
    return value;
  },

  get MAIL_FROM(): string | undefined {
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
  get MAIL_IN(): { host: string; port: number } | undefined {
    const value = read('MAIL_IN');
    if (value === undefined) return undefined;
    const [, host = '', port = ''] = /^(\[[\da-f:]+\]|[^\s:/]+):(\d{1,5})$/i.exec(value) ?? [];
    if (!host || Number(port) > 65535)
      wrong('MAIL_IN', value, 'une adresse comme 127.0.0.1:2525', 'an address like 127.0.0.1:2525');
    if (!read('MAIL_DOMAIN'))
      wrong(
        'MAIL_DOMAIN',
        '',
        'le domaine des réponses, avec MAIL_IN',
        'the domain of answers, with MAIL_IN',
      );
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  },

  /** The domain of the addresses at which people answer our mails; without one they cannot. */
  get MAIL_DOMAIN(): string | undefined {
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

  /** What this process does; everything when unset. */
  get ROLES(): ReadonlySet<Role> {
    const names = list('ROLES');
    for (const name of names) {
      if (!(roles as readonly string[]).includes(name))
        wrong('ROLES', name, 'une liste parmi web,worker', 'a list among web,worker');
    }
    return new Set(names.length ? (names as Role[]) : roles);
  },

  get LOG_LEVEL(): LogLevel {
    const value = read('LOG_LEVEL')?.toLowerCase() ?? 'info';
    if (!(logLevels as readonly string[]).includes(value)) {
      wrong('LOG_LEVEL', value, `un mot parmi ${logLevels.join(', ')}`, `one of ${logLevels.join(', ')}`);
    }
    return value as LogLevel;
  },

  /** `host:port` pairs that the guarded fetcher may reach although they are private. */
  get FETCH_ALLOW(): string[] {
    const pairs = list('FETCH_ALLOW');
    for (const pair of pairs) {
      if (!/^(\[[\da-f:]+\]|[^\s:/]+):\d{1,5}$/i.test(pair)) {
        wrong('FETCH_ALLOW', pair, 'une liste de machine:port', 'a list of host:port');
      }
    }
    return pairs.map((pair) => pair.toLowerCase());
  },

  /** Requests that one person may read per second through the API of this process, a quarter of it for writes; 0: no limit. */
  get RATE_LIMIT(): number {
    const value = read('RATE_LIMIT') ?? '200';
    if (!/^\d{1,9}$/.test(value)) wrong('RATE_LIMIT', value, 'un nombre entier', 'a whole number');
    return Number(value);
  },

  /** The largest file that people may bring, in millions of bytes. */
  get FILE_LIMIT_MB(): number {
    const value = read('FILE_LIMIT_MB') ?? '100';
    if (!/^[1-9]\d{0,4}$/.test(value))
      wrong('FILE_LIMIT_MB', value, 'un nombre entier de 1 à 99999', 'a whole number from 1 to 99999');
    return Number(value);
  },

  /** The bucket that files are kept in; the data folder when unset. */
  get FILES_S3_URL(): string | undefined {
    const value = read('FILES_S3_URL');
    if (value !== undefined && !/^https?:\/\/[^/\s:@]+:[^/\s@]+@[^/\s]+\/[^/\s?]+/.test(value)) {
      // The value holds a secret: it is not repeated.
      throw new OperatorError(
        inWords(
          'FILES_S3_URL doit ressembler à https://CLÉ:SECRET@s3.eu-west-3.amazonaws.com/seau?region=eu-west-3.',
          'FILES_S3_URL must look like https://KEY:SECRET@s3.eu-west-3.amazonaws.com/bucket?region=eu-west-3.',
        ),
      );
    }
    return value;
  },

  /** A server of vectors that compares texts in place of our own likeness: up to and with `/embeddings`. Off when unset. */
  get LIKENESS_URL(): string | undefined {
    const value = read('LIKENESS_URL');
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
      // What was typed may hold a secret: it is not repeated.
      throw new OperatorError(
        inWords(
          'LIKENESS_URL doit ressembler à https://vecteurs.exemple.fr/v1/embeddings ; une clé se donne par LIKENESS_KEY_FILE.',
          'LIKENESS_URL must look like https://vectors.example.com/v1/embeddings; a key is given by LIKENESS_KEY_FILE.',
        ),
      );
    }
    for (const name of ['LIKENESS_MODEL', 'LIKENESS_SCALE'] as const) {
      if (read(name) === undefined)
        wrong(
          name,
          '',
          'ce qu’affiche npm run eval -- twins … --calibrate, avec LIKENESS_URL',
          'what npm run eval -- twins … --calibrate prints, with LIKENESS_URL',
        );
    }
    return url.href;
  },

  get LIKENESS_MODEL(): string | undefined {
    return read('LIKENESS_MODEL');
  },

  /** Which nearness of that model's vectors means what 0.2, 0.4, 0.6 and 0.8 mean of our own likeness. */
  get LIKENESS_SCALE(): readonly number[] | undefined {
    const value = read('LIKENESS_SCALE');
    if (value === undefined) return undefined;
    const knots = list('LIKENESS_SCALE').map(Number);
    const rising = knots.every((knot, at) => knot > (knots[at - 1] ?? 0) && knot < 1);
    if (knots.length !== 4 || !rising)
      wrong(
        'LIKENESS_SCALE',
        value,
        'quatre nombres croissants entre 0 et 1, ceux que npm run eval -- twins … --calibrate affiche',
        'four rising numbers between 0 and 1, those that npm run eval -- twins … --calibrate prints',
      );
    return knots;
  },

  /** How long anybody waits for that server, before texts are compared here. */
  get LIKENESS_PATIENCE_MS(): number {
    const value = read('LIKENESS_PATIENCE_MS') ?? '400';
    if (!/^\d+$/.test(value) || Number(value) < 50 || Number(value) > 5_000)
      wrong('LIKENESS_PATIENCE_MS', value, 'un nombre de 50 à 5000', 'a number from 50 to 5000');
    return Number(value);
  },

  /** What the file named by `LIKENESS_KEY_FILE` holds. */
  get LIKENESS_KEY(): string | undefined {
    const file = read('LIKENESS_KEY_FILE');
    if (file === undefined) return undefined;
    let key = '';
    try {
      key = readFileSync(file, 'utf8').trim();
    } catch {
      // Said below, as of an empty file.
    }
    if (!/^[\x21-\x7e]+$/.test(key))
      wrong(
        'LIKENESS_KEY_FILE',
        file,
        'un fichier lisible qui ne contient que la clé, sur une ligne',
        'a readable file that holds nothing but the key, on one line',
      );
    return key;
  },

  /** Whether this process shows the demonstration company. */
  get DEMO(): boolean {
    return read('ESSAIM_DEMO') === '1';
  },
};

/** Reads every value once, so that a mistake is told at the start and not at the first use. */
export function checkEnvironment(): void {
  for (const name of Object.keys(env)) void env[name as keyof typeof env];
}

/** Tells this process, the bundled application and its children which database to use. */
export function useDatabase(url: string): void {
  process.env.DATABASE_URL = url;
}

/** Marks this process as showing the demonstration company. */
export function useDemonstration(): void {
  process.env.ESSAIM_DEMO = '1';
}

/**
 * Tells SvelteKit's server how large a request may be, and to believe these two headers, which our HTTP server writes
 * itself, about the address that was asked for. To be called before it is loaded.
 */
export function prepareApplication(told: {
  largestBody: number;
  protocolHeader: string;
  hostHeader: string;
}): void {
  process.env.BODY_SIZE_LIMIT = String(told.largestBody);
  process.env.PROTOCOL_HEADER = told.protocolHeader;
  process.env.HOST_HEADER = told.hostHeader;
}

/** The sentence in the language of the terminal: French when its locale is, else English. */
export function inWords(french: string, english: string): string {
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  return locale.toLowerCase().startsWith('fr') ? french : english;
}

function read(name: string): string | undefined {
  return process.env[name]?.trim() || undefined;
}

function list(name: string): string[] {
  return (read(name) ?? '').split(/[\s,]+/).filter(Boolean);
}

function wrong(name: string, value: string, french: string, english: string): never {
  throw new OperatorError(
    inWords(
      `${name} vaut « ${value} » : il faut ${french}.`,
      `${name} is "${value}": it must be ${english}.`,
    ),
  );
}
