import english from '#messages/en.json' with { type: 'json' };
import french from '#messages/fr.json' with { type: 'json' };
import { voice, type Key, type Language, type Params, type Say } from '../../i18n/voice.ts';

/** The voice of the network in each language, for pages rendered here, mails, refusals and the command line. */
const voices: Record<Language, Say> = { fr: voice('fr', french), en: voice('en', english) };

/** Says a sentence of messages/*.json in `language`. */
export function say(language: Language, key: Key | `refusal.${string}`, params?: Params): string {
  return voices[language](key, params);
}
