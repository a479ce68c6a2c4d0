import { voice, type Language, type Say } from '../i18n/voice.ts';

const loaded = new Map<Language, Promise<Say>>();

/** The voice in one language. A browser fetches the sentences of the language it needs, and no other. */
export function loadVoice(language: Language): Promise<Say> {
  let promise = loaded.get(language);
  if (!promise) {
    const sentences = language === 'fr' ? import('#messages/fr.json') : import('#messages/en.json');
    promise = sentences.then((module) => voice(language, module.default));
    loaded.set(language, promise);
  }
  return promise;
}
