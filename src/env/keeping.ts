/** Where the network is kept. */
import { resolve } from 'node:path';
import { read } from './environment.ts';
import { wrong, wrongSecret } from './wrong.ts';

export const keeping = {
  DATA_DIR(): string {
    return resolve(read('DATA_DIR') ?? 'data');
  },

  DATABASE_URL(): string | undefined {
    const value = read('DATABASE_URL');
    // No host where a socket is named: postgres://user@/name?host=/folder
    const whole = value?.replace('@/', '@socket/') ?? '';
    // A # in the password would end the address there, and the rest of it be taken for the server.
    if (value !== undefined && !(/^postgres(ql)?:\/\/[^#]+$/.test(value) && URL.canParse(whole)))
      wrongSecret(
        'DATABASE_URL',
        'ressembler à postgres://utilisateur:motdepasse@serveur:5432/base (dans le mot de passe, # s’écrit %23, / %2F, % %25)',
        'look like postgres://user:password@server:5432/name (in the password, # is written %23, / %2F, % %25)',
      );
    return value;
  },

  /** The largest file that people may bring, in millions of bytes. */
  FILE_LIMIT_MB(): number {
    const value = read('FILE_LIMIT_MB') ?? '100';
    if (!/^[1-9]\d{0,4}$/.test(value))
      wrong('FILE_LIMIT_MB', value, 'un nombre entier de 1 à 99999', 'a whole number from 1 to 99999');
    return Number(value);
  },

  /** The bucket that files are kept in; the data folder when unset. */
  FILES_S3_URL(): string | undefined {
    const value = read('FILES_S3_URL');
    const right = /^https?:\/\/[^/\s:@]+:[^/\s@]+@[^/\s]+\/[^/\s?]+/;
    if (value !== undefined && !(right.test(value) && URL.canParse(value)))
      wrongSecret(
        'FILES_S3_URL',
        'ressembler à https://CLÉ:SECRET@s3.eu-west-3.amazonaws.com/seau?region=eu-west-3',
        'look like https://KEY:SECRET@s3.eu-west-3.amazonaws.com/bucket?region=eu-west-3',
      );
    return value;
  },
};
