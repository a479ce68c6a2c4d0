import { createInstance } from 'i18next';
import type french from '#messages/fr.json';
import { typeset } from './typography.ts';

export type Language = 'fr' | 'en';

type Paths<Tree, Prefix extends string = ''> = {
  [Name in keyof Tree & string]: Tree[Name] extends string
    ? `${Prefix}${Name extends `${infer Stem}_${'one' | 'many' | 'other'}` ? Stem : Name}`
    : Paths<Tree[Name], `${Prefix}${Name}.`>;
}[keyof Tree & string];

/** Every sentence of the interface, by its path in messages/fr.json; plural forms under their common stem. */
export type Key = Paths<typeof french>;
export type Params = Record<string, string | number>;
/** Says a sentence. `count` chooses the plural. */
export type Say = (key: Key | `refusal.${string}`, params?: Params) => string;

interface Sentences {
  [name: string]: string | Sentences;
}

/** A voice in one language, made once from its sentences and shared by everybody: it remembers no person. */
export function voice(language: Language, sentences: object): Say {
  const i18n = createInstance({
    lng: language,
    resources: { [language]: { translation: typesetAll(sentences as Sentences, language) } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  void i18n.init();
  // `Say` holds callers to the keys; i18next's own types would weigh each against every other, and give up.
  const speak = i18n.t as unknown as (key: string, params?: Params) => string;
  // A feed page says hundreds of sentences: those without parameters, and small counts, are said once for ever.
  const said = new Map<string, string>();
  return (key, params) => {
    const again = params ? countOf(params) : '';
    if (again === null) return speak(key, params);
    let sentence = said.get(key + again);
    if (sentence === undefined) said.set(key + again, (sentence = speak(key, params)));
    return sentence;
  };
}

/** A small count, where there is no other parameter. */
function countOf(params: Params): string | null {
  for (const name in params) if (name !== 'count') return null;
  const { count } = params;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 && count < 200
    ? ` ${count}`
    : null;
}

function typesetAll(sentences: Sentences, language: Language): Sentences {
  const entries = Object.entries(sentences).map(([name, value]) => [
    name,
    typeof value === 'string' ? typeset(value, language) : typesetAll(value, language),
  ]);
  return Object.fromEntries(entries) as Sentences;
}
