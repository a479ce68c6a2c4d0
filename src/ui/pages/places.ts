interface Node {
  id: string;
  title: string;
  depth: number;
}

const STEP = '\u2003';

/** Pages to choose from, in the order of their tree; `top` says that none is chosen. */
export function placesAmong(pages: Node[], top: string): { value: string; label: string }[] {
  const places = pages.map(({ id, title, depth }) => ({ value: id, label: STEP.repeat(depth) + title }));
  return [{ value: '', label: top }, ...places];
}
