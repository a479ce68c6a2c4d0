import { sameName } from '../syndication/plain-text.ts';
import type { ImportedAuthor, ImportedBlog, ImportedCommenter } from '../syndication/types.ts';

/** Someone who writes or comments, under all the names an import knows them by. */
export interface ImportedPerson {
  /** The same for the same files. */
  key: string;
  name: string;
  email?: string;
  url?: string;
  /** Whether a post is theirs. */
  writes: boolean;
}

export interface ImportedPeople {
  people: ImportedPerson[];
  ofAuthor(blog: ImportedBlog, key: string): ImportedPerson;
  /** Nobody for a comment without name, e-mail and account. */
  ofCommenter(blog: ImportedBlog, commenter: ImportedCommenter): ImportedPerson | undefined;
}

interface Sighting {
  name: string;
  email?: string;
  url?: string;
  writes: boolean;
  marks: string[];
}

/**
 * Tells who is who in several files imported together. Two sightings are one person when they share an e-mail, or the
 * account of a blog; without e-mail, a name. A commenter with the name of an author is that author. Pingbacks are sites,
 * not people.
 */
export function resolvePeople(blogs: ImportedBlog[]): ImportedPeople {
  const sightings = blogs.flatMap((blog) => [
    ...blog.authors.map((author) => sightingOfAuthor(blog, author)),
    ...commenters(blog).map((commenter) => sightingOfCommenter(blog, commenter)),
  ]);
  const groups = new MarkGroups();
  for (const { marks } of sightings) groups.join(marks);
  joinCommentersToAuthors(sightings, groups);

  const people = new Map<string, ImportedPerson>();
  for (const sighting of sightings) {
    if (sighting.marks.length === 0) continue;
    const group = groups.of(sighting.marks[0]!);
    const known = people.get(group);
    if (known) completeWith(known, sighting);
    else people.set(group, firstSeen(sighting));
  }
  const personOf = ({ marks }: Sighting) =>
    marks[0] === undefined ? undefined : people.get(groups.of(marks[0]));
  return {
    people: [...people.values()],
    ofAuthor(blog, key) {
      const author = blog.authors.find((each) => each.key === key) ?? { key, name: key };
      return personOf(sightingOfAuthor(blog, author)) ?? firstSeen(sightingOfAuthor(blog, author));
    },
    ofCommenter: (blog, commenter) => personOf(sightingOfCommenter(blog, commenter)),
  };
}

function commenters(blog: ImportedBlog): ImportedCommenter[] {
  const comments = blog.posts.flatMap((post) => post.comments);
  return comments.filter(({ kind }) => kind === 'comment').map(({ author }) => author);
}

function sightingOfAuthor(blog: ImportedBlog, { key, name, email, url }: ImportedAuthor): Sighting {
  const marks = [accountMark(blog, key)];
  if (email) marks.push(`email ${email.toLowerCase()}`);
  else if (sameName(name)) marks.push(`name ${sameName(name)}`);
  return { name, email, url, writes: true, marks };
}

function sightingOfCommenter(blog: ImportedBlog, { name, email, url, userKey }: ImportedCommenter): Sighting {
  const marks: string[] = [];
  if (email) marks.push(`email ${email.toLowerCase()}`);
  if (userKey) marks.push(accountMark(blog, userKey));
  if (marks.length === 0 && sameName(name)) marks.push(`name ${sameName(name)}`);
  return { name, email, url, writes: false, marks };
}

/** Accounts are numbered and named anew in each blog, and two blogs may share one address. */
function accountMark(blog: ImportedBlog, key: string): string {
  return `account ${blog.url ?? ''} ${blog.title} ${key.toLowerCase()}`;
}

/** Only where the name leads to one author: of two namesakes, neither. */
function joinCommentersToAuthors(sightings: Sighting[], groups: MarkGroups): void {
  const byName = new Map<string, Sighting[]>();
  for (const sighting of sightings.filter(({ writes }) => writes)) {
    const name = sameName(sighting.name);
    byName.set(name, [...(byName.get(name) ?? []), sighting]);
  }
  for (const { name, writes, marks } of sightings) {
    const namesakes = writes || marks.length === 0 ? [] : (byName.get(sameName(name)) ?? []);
    const distinct = new Set(namesakes.map((author) => groups.of(author.marks[0]!)));
    if (distinct.size === 1 && sameName(name)) groups.join([marks[0]!, namesakes[0]!.marks[0]!]);
  }
}

function firstSeen({ name, email, url, writes, marks }: Sighting): ImportedPerson {
  const shown = name.trim() || email?.split('@')[0] || '';
  return { key: marks[0] ?? '', name: shown, ...(email && { email }), ...(url && { url }), writes };
}

/** Authors come first, so what they say of themselves stands; later sightings fill the gaps. */
function completeWith(person: ImportedPerson, sighting: Sighting): void {
  person.writes ||= sighting.writes;
  if (!person.name && sighting.name) person.name = sighting.name;
  if (!person.email && sighting.email) person.email = sighting.email;
  if (!person.url && sighting.url) person.url = sighting.url;
}

/** Marks that turn out to be the same person's. */
class MarkGroups {
  #parents = new Map<string, string>();

  of(mark: string): string {
    let top = mark;
    for (let next = this.#parents.get(top); next !== undefined; next = this.#parents.get(top)) top = next;
    for (let each = mark; each !== top;) {
      const next = this.#parents.get(each)!;
      this.#parents.set(each, top);
      each = next;
    }
    return top;
  }

  join(marks: string[]): void {
    const [first, ...others] = marks;
    for (const other of others) {
      const [a, b] = [this.of(first!), this.of(other)];
      if (a !== b) this.#parents.set(b, a);
    }
  }
}
