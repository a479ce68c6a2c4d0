import type { EntryView } from '#server/conversation/present.ts';

/** What the editor's fields hold, by name. */
export type Fields = Record<string, string>;

/** The fields of a post that exists. */
export function fieldsOf(post: EntryView): Fields {
  return {
    title: post.title,
    body: post.body,
    community: post.community?.slug ?? '',
    tags: post.tags.map((tag) => tag.label).join(', '),
    cover: post.cover ?? '',
    coverAlt: post.coverAlt,
    purpose: post.purpose,
    ...(post.curatedId ? { curatedId: post.curatedId } : {}),
    ...(post.source && !post.curatedId
      ? { sourceUrl: post.source.url, sourceTitle: post.source.title, sourceAuthor: post.source.author }
      : {}),
  };
}

/** `agro, appels d'offres` as the labels it names. */
export function labelsIn(tags: string): string[] {
  return tags.split(/[,;\n]/).filter((label) => label.trim() !== '');
}

/** What a field of several tags may become: each known tag behind those already typed. */
export function completions(typed: string, known: readonly string[]): string[] {
  const already = typed.replace(/[^,;]*$/, '').trim();
  const taken = new Set(labelsIn(already).map((label) => label.trim()));
  return known.filter((label) => !taken.has(label)).map((label) => (already ? `${already} ${label}` : label));
}

/** What stands in the editor's form, without what it says about itself. */
export function fieldsIn(form: HTMLFormElement): Fields {
  const own = [
    'id',
    'version',
    'status',
    'publishAt',
    'attached',
    'coverFile',
    'coverGone',
    'rework',
    'reworkVersion',
  ];
  const texts = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !own.includes(entry[0]),
  );
  return Object.fromEntries(texts);
}

/** Adds a subject to those in the form. */
export function withLabel(form: HTMLFormElement, label: string): void {
  const field = form.elements.namedItem('tags');
  if (!(field instanceof HTMLInputElement)) return;
  const labels = labelsIn(field.value).map((each) => each.trim());
  if (labels.some((each) => each.toLowerCase() === label.toLowerCase())) return;
  field.value = [...labels, label].join(', ');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
