/** What compares texts. */
import { readFileSync } from 'node:fs';
import { list, read } from './environment.ts';
import { missing, wrong, wrongSecret } from './wrong.ts';

export const likeness = {
  /** A server of vectors that compares texts in place of our own likeness: up to and with `/embeddings`. Off when unset. */
  LIKENESS_URL(): string | undefined {
    const value = read('LIKENESS_URL');
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
      wrongSecret(
        'LIKENESS_URL',
        'ressembler à https://vecteurs.exemple.fr/v1/embeddings ; une clé se donne par LIKENESS_KEY_FILE',
        'look like https://vectors.example.com/v1/embeddings; a key is given by LIKENESS_KEY_FILE',
      );
    }
    for (const name of ['LIKENESS_MODEL', 'LIKENESS_SCALE'] as const) {
      if (read(name) === undefined)
        missing(
          name,
          'LIKENESS_URL',
          'ce qu’affiche npm run eval -- twins … --calibrate',
          'what npm run eval -- twins … --calibrate prints',
        );
    }
    return url.href;
  },

  LIKENESS_MODEL(): string | undefined {
    return read('LIKENESS_MODEL');
  },

  /** Which nearness of that model's vectors means what 0.2, 0.4, 0.6 and 0.8 mean of our own likeness. */
  LIKENESS_SCALE(): readonly number[] | undefined {
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
  LIKENESS_PATIENCE_MS(): number {
    const value = read('LIKENESS_PATIENCE_MS') ?? '400';
    if (!/^\d+$/.test(value) || Number(value) < 50 || Number(value) > 5_000)
      wrong('LIKENESS_PATIENCE_MS', value, 'un nombre de 50 à 5000', 'a number from 50 to 5000');
    return Number(value);
  },

  /** What the file named by `LIKENESS_KEY_FILE` holds. */
  LIKENESS_KEY(): string | undefined {
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
};
