/** Tells how much of the foot of the window a phone's keyboard covers, now and at each change. Gives the way to stop. */
export function watchKeyboard(covers: (pixels: number) => void): () => void {
  const seen = visualViewport;
  const leaving = new AbortController();
  const measure = () => seen && covers(Math.max(0, innerHeight - seen.height - seen.offsetTop));
  seen?.addEventListener('resize', measure, { signal: leaving.signal });
  seen?.addEventListener('scroll', measure, { signal: leaving.signal });
  return () => leaving.abort();
}
