import { fileNameOf } from '#server/pages/export-markdown.ts';
import { pdfOf } from '#server/pages/export-pdf.ts';
import { readPage } from '#server/pages/read.ts';
import { say } from '#server/platform/words.ts';
import { requireActor } from '#server/web/actor.ts';
import { formats } from '../../../../i18n/moments.ts';
import { attachment } from '../attachment.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const actor = requireActor(event);
  const page = await readPage(event.locals.db, actor, event.params.id);
  const { language, timeZone } = actor;
  const printed = {
    about: say(language, 'pages.printed', {
      community: page.community.name,
      names: page.contributors.map(({ person }) => person.name).join(', '),
      date: formats(language, timeZone).full(page.editedAt ?? page.createdAt),
    }),
    page: (number: number, of: number) => say(language, 'pages.printedPage', { number, of }),
  };
  const bytes = await pdfOf(page, printed, event.url.origin);
  return attachment(new Uint8Array(bytes), 'application/pdf', fileNameOf(page.title, 'pdf'));
};
