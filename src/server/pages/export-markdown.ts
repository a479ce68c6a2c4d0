import type { PageView } from './present.ts';

/**
 * A page as a Markdown file: what it says about itself first (YAML, as other wikis read it), then its text as it was
 * written, under its title. Its writers go with it.
 */
export function markdownOf(page: PageView, origin: string): string {
  const about = {
    title: page.title,
    url: `${origin}/pages/${page.id}`,
    community: page.community.name,
    created: page.createdAt,
    edited: page.editedAt ?? page.createdAt,
    contributors: page.contributors.map(({ person }) => person.name),
    ...(page.tags.length > 0 && { tags: page.tags.map(({ label }) => label) }),
  };
  // JSON is YAML.
  const lines = Object.entries(about).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n\n# ${page.title}\n\n${page.body.trimEnd()}\n`;
}

/** A file name that every system takes, in the words of the title. */
export function fileNameOf(title: string, extension: string): string {
  const name = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} ._’'()-]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^[. ]+/, '')
    .slice(0, 100);
  return `${name || 'page'}.${extension}`;
}
