import type { RequestEvent } from '@sveltejs/kit';
import { say } from '../platform/words.ts';

/**
 * Answers a form whose sender is not signed in any more. Nobody is led away from what he typed: the page says to sign
 * in elsewhere and send again, and one step back the form still stands as it was.
 */
export function sessionEnded({ request, locals: { language } }: RequestEvent): Response {
  const message = say(language, 'refusal.unauthenticated');
  if (/\bapplication\/json\b/.test(request.headers.get('accept') ?? '')) {
    return Response.json({ type: 'failure', status: 401, data: asActionData(message) }, { status: 401 });
  }
  const page = `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>${message}</title>
    <style>
      html { color-scheme: light dark; background: light-dark(#fbf8f2, #17140f); color: light-dark(#221d17, #ede6da) }
      body { max-width: 36rem; margin: 15vh auto; padding: 0 1.25rem; font: 1.125rem/1.6 Charter, Georgia, serif }
      a { color: light-dark(#a4560a, #e6a75a) }
    </style>
  </head>
  <body>
    <h1>${say(language, 'account.ended.title')}</h1>
    <p>${say(language, 'account.ended.kept')}</p>
    <p><a href="/sign-in" target="_blank">${say(language, 'account.signIn.title')}</a></p>
  </body>
</html>`;
  return new Response(page, { status: 401, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** `{message, reason, fields, values, lists}` in the flat form in which SvelteKit's `enhance` reads a failure. */
function asActionData(message: string): string {
  return JSON.stringify([
    { message: 1, reason: 2, fields: 3, values: 3, lists: 3 },
    message,
    'unauthenticated',
    {},
  ]);
}
