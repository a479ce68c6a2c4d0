import { inTransaction } from '#server/platform/db.ts';
import { ringFor } from '#server/platform/jobs.ts';
import { LOOK_AT_SOURCES, SOURCES } from '#server/sources/first-reading.ts';
import { listInWords } from '#server/sources/in-words.ts';
import { readOpml, takeList } from '#server/sources/opml.ts';
import { requireActor } from '#server/web/actor.ts';
import { openFormAction } from '#server/web/form.ts';
import type { Actions } from './$types';

export const actions = {
  default: openFormAction(async (form, event) => {
    const actor = requireActor(event);
    const { db, language } = event.locals;
    const file = form.file('file');
    const list = await readOpml(new Uint8Array((await file?.arrayBuffer()) ?? []));
    const taken = await inTransaction(db, async (tx) => {
      const told = await takeList(tx, actor, list, { folders: form.flag('folders') });
      await ringFor(tx, LOOK_AT_SOURCES, SOURCES);
      return told;
    });
    return { taken: listInWords(language, taken) };
  }),
} satisfies Actions;
