import type { Say } from '../i18n/voice.ts';
import { loadVoice } from '#ui/load-voice.ts';
import type { LayoutLoad } from './$types';

/** Pages are read, not run: one that script improves asks for it with its own `csr`. */
export const csr = false;

export const load: LayoutLoad = async ({ data }): Promise<typeof data & { say: Say }> => ({
  ...data,
  say: await loadVoice(data.shell.language),
});
