import { linkUrl } from '#server/platform/html-to-markdown-urls.ts';
import { readEmail } from '../syndication/feed-authors.ts';
import { plainText, sameName } from '../syndication/plain-text.ts';
import type { ImportedAuthor, ImportedPost } from '../syndication/types.ts';
import { field } from './wxr-records.ts';
import type { XmlElement } from '../syndication/xml.ts';

/** The accounts an export lists, and those its posts name without listing them. */
export class WxrAuthors {
  #listed = new Map<string, ImportedAuthor>();
  #byId = new Map<string, ImportedAuthor>();
  #byName = new Map<string, ImportedAuthor>();
  #used = new Set<ImportedAuthor>();
  #blogTitle: string;

  constructor(elements: XmlElement[], blogTitle: string) {
    this.#blogTitle = blogTitle;
    for (const element of elements) {
      const author = authorFrom(element);
      if (!author || this.#listed.has(author.key.toLowerCase())) continue;
      this.#list(author);
      const id = field(element, 'wp:author_id');
      if (id && !this.#byId.has(id)) this.#byId.set(id, author);
    }
  }

  /** Who signs an item: its creator, or with the Co-Authors plugin the first of those it lists. */
  of(item: XmlElement): Pick<ImportedPost, 'author' | 'coAuthors'> {
    const creator = this.#find(field(item, 'dc:creator') || field(item, 'author'));
    const signing = item.children
      .filter(({ name, attributes }) => name === 'category' && attributes.domain === 'author')
      .map(({ attributes, text }) =>
        this.#find(attributes.nicename?.replace(/^cap-/, '') ?? '', plainText(text)),
      );
    const first = signing.length === 0 || signing.includes(creator) ? creator : signing[0]!;
    for (const author of [first, ...signing]) this.#used.add(author);
    const others = new Set(signing.map(({ key }) => key));
    others.delete(first.key);
    return { author: first.key, coAuthors: [...others] };
  }

  /** The account behind a commenter's `comment_user_id`. */
  keyOfUser(id: string): string | undefined {
    if (!id || id === '0') return undefined;
    return this.#byId.get(id)?.key ?? `user-${id}`;
  }

  /** Those that a kept post names. */
  named(): ImportedAuthor[] {
    return [...this.#used];
  }

  #find(login: string, displayName = ''): ImportedAuthor {
    const name = displayName || plainText(login) || this.#blogTitle || 'Unknown';
    const given = login.trim() || sameName(displayName);
    const key = given || 'unknown';
    const known =
      this.#listed.get(key.toLowerCase()) ??
      this.#byName.get(sameName(displayName || login)) ??
      this.#onlyOne(given);
    if (known) return known;
    const author = { key, name };
    this.#list(author);
    return author;
  }

  /** An item without a creator, in the export of a one-person blog, is that person's. */
  #onlyOne(given: string): ImportedAuthor | undefined {
    return given === '' && this.#listed.size === 1 ? [...this.#listed.values()][0] : undefined;
  }

  #list(author: ImportedAuthor): void {
    this.#listed.set(author.key.toLowerCase(), author);
    const name = sameName(author.name);
    if (name && !this.#byName.has(name)) this.#byName.set(name, author);
    if (author.email) this.#byName.set(sameName(author.email), author);
  }
}

function authorFrom(element: XmlElement): ImportedAuthor | undefined {
  const login = field(element, 'wp:author_login');
  const email = readEmail(field(element, 'wp:author_email'));
  const full = `${field(element, 'wp:author_first_name')} ${field(element, 'wp:author_last_name')}`;
  const name = plainText(field(element, 'wp:author_display_name')) || plainText(full) || plainText(login);
  const key = login || email || sameName(name);
  const url = linkUrl(field(element, 'wp:author_url'));
  return key ? { key, name: name || key, ...(email && { email }), ...(url && { url }) } : undefined;
}
