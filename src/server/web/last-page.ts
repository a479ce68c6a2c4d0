import template from '../../error.html?raw';
import { say } from '../platform/words.ts';
import type { Language } from '../../i18n/voice.ts';

/** Who asked, and how: as much as the last page needs to know. */
interface Asked {
  language: Language;
  method: string;
}

/** What is answered where no page could be made: the sentence in the reader's language, and what to do. */
export function lastPage(asked: Asked, { status, message }: { status: number; message: string }): Response {
  const html = template
    .replaceAll('%sveltekit.status%', String(status))
    .replaceAll('%sveltekit.error.message%', () => message);
  return new Response(filled(html, asked), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...(status === 503 && { 'retry-after': '30' }) },
  });
}

/** An answer of SvelteKit's, whose own last page (the same template) knows no language; any other stays as it is. */
export async function inWords(asked: Asked, response: Response): Promise<Response> {
  if (response.status < 400 || !response.headers.get('content-type')?.startsWith('text/html'))
    return response;
  const html = await response.text();
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  if (response.status === 503) headers.set('retry-after', '30');
  return new Response(html.includes('<html lang="%lang%">') ? filled(html, asked) : html, {
    status: response.status,
    headers,
  });
}

/** Whoever sent something goes back to where it was written: there it still stands. */
function filled(html: string, { language, method }: Asked): string {
  const next =
    method === 'GET'
      ? `<a href="">${say(language, 'app.tryAgain')}</a>`
      : `<p>${say(language, 'app.goBack')}</p>`;
  return html
    .replaceAll('%lang%', language)
    .replaceAll('%title%', say(language, 'app.somethingWrong'))
    .replace('%next%', () => next);
}
