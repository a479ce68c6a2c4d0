import { linkUrl } from '#server/platform/html-to-markdown-urls.ts';
import type { FeedPerson } from './feed-entry.ts';
import { plainText, sameName } from './plain-text.ts';
import type { ImportedAuthor, ImportedCommenter, ImportedPost } from './types.ts';

/** Those a feed names: a person is the same under the same e-mail, or without one under the same name. */
export class FeedAuthors {
  #byKey = new Map<string, ImportedAuthor>();
  #ofFeed: FeedPerson[];
  #title: string;

  constructor(ofFeed: FeedPerson[], title: string) {
    this.#ofFeed = ofFeed;
    this.#title = title;
  }

  /** The signatures of an entry; one without any is signed by the feed's people, or by the feed itself. */
  of(people: FeedPerson[]): Pick<ImportedPost, 'author' | 'coAuthors'> {
    const named = [people, this.#ofFeed].map((list) =>
      list.map(authorFrom).filter((author) => author !== undefined),
    );
    const signing = named.find((list) => list.length > 0) ?? [];
    const keys = new Set(
      (signing.length > 0 ? signing : [this.#itself()]).map((author) => this.#keep(author)),
    );
    const [author = '', ...coAuthors] = keys;
    return { author, coAuthors };
  }

  named(): ImportedAuthor[] {
    return [...this.#byKey.values()];
  }

  static commenter(person: FeedPerson | undefined): ImportedCommenter {
    const { name = '', email, url } = (person && authorFrom(person)) ?? {};
    return { name, ...(email && { email }), ...(url && { url }) };
  }

  #itself(): ImportedAuthor {
    return { key: sameName(this.#title) || 'unknown', name: this.#title || 'Unknown' };
  }

  #keep(author: ImportedAuthor): string {
    const known = this.#byKey.get(author.key);
    if (!known) this.#byKey.set(author.key, author);
    return author.key;
  }
}

function authorFrom({ name, email, url }: FeedPerson): ImportedAuthor | undefined {
  const address = readEmail(email);
  const page = linkUrl(url);
  const shown =
    plainText(name) || (email ?? '').split('@')[0]!.trim() || plainText(page?.replace(/^https?:\/\//i, ''));
  const key = address || sameName(shown) || page;
  if (!key || !shown) return undefined;
  return { key, name: shown, ...(address && { email: address }), ...(page && { url: page }) };
}

/** An address that tells one person from another; what feeds and forms write in its place does not. */
export function readEmail(value: string | undefined): string | undefined {
  const email = value?.trim().toLowerCase() ?? '';
  if (!/^[^\s@<>"'(),;:]{1,64}@[^\s@<>"'(),;:]{1,190}\.[^\s@<>"'(),;:.]{2,}$/.test(email)) return undefined;
  return /^(no-?reply|do-?not-?reply|nobody|anonymous)@/.test(email) ? undefined : email;
}
