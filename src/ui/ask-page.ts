/** The page at an address, read beside the one that stands; throws where there is no answer, or nobody waits for it any longer. */
export async function askPage(url: URL, signal: AbortSignal): Promise<Document> {
  const answer = await fetch(url, { signal, headers: { accept: 'text/html' } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  signal.throwIfAborted();
  return page;
}
