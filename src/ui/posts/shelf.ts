import { labelsIn, type Fields } from './draft.ts';

/** Where a text that saves itself stands on the server: a draft, or what is being changed of a post that is out. */
export interface Shelf {
  /** What this device calls the text. */
  readonly name: string;
  /** What the names of its like begin with, on this device: one of them may have been left behind. */
  readonly family: string;
  /** Where it is gone on with. */
  readonly path: string;
  /** The version that was read or kept last; 0 where none is. */
  readonly version: number;
  /** False of a text that begins here: not even its first words stand on the server. */
  readonly begun: boolean;
  send(fields: Fields): Promise<Response>;
  /** Takes note of an answer that said yes: whether it made the place, and what had been sent where that was something else. */
  taken(answer: { id: string; version?: number }, fields: Fields): { made: boolean; whole: boolean };
  /** The answer said no: what is sent next may be something else. */
  refused(): void;
  /** From here on the text has a place of its own. False where that is no way out of this status. */
  apart(status: number): boolean;
  /** Its author has been told that something else stands there: what he sends next replaces it. */
  told(): void;
  /** What the form says of itself besides the fields. */
  inForm(): Record<string, string>;
}

const TAB = 'essaim.tab';

/** A draft: made on the server with its first words. */
export class DraftShelf implements Shelf {
  readonly family = 'new-';
  #id: string | undefined;
  #version: number;
  #first: { key: string; body: string } | undefined;

  constructor(draft?: { id: string; version: number }) {
    this.#id = draft?.id;
    this.#version = draft?.version ?? 0;
  }

  get name(): string {
    return this.#id ?? `${this.family}${tab()}`;
  }

  get path(): string {
    return this.#id ? `/posts/${this.#id}/edit` : '/posts/new';
  }

  get version(): number {
    return this.#version;
  }

  get begun(): boolean {
    return this.#id !== undefined;
  }

  send(fields: Fields): Promise<Response> {
    if (this.#id)
      return ask('PATCH', `/api/v1/posts/${this.#id}`, {
        ...{ ...postOf(fields), status: 'draft', version: this.#version || undefined },
      });
    // Asked again in the same words until it is answered: the draft is made once.
    this.#first ??= { key: crypto.randomUUID(), body: JSON.stringify(draftOf(fields)) };
    return ask('POST', '/api/v1/posts', this.#first.body, { 'idempotency-key': this.#first.key });
  }

  taken({ id, version }: { id: string; version?: number }, fields: Fields) {
    const sent = this.#id ? undefined : this.#first?.body;
    const made = !this.#id;
    this.#id = id;
    this.#version = version ?? 1;
    this.#first = undefined;
    return { made, whole: !sent || sent === JSON.stringify(draftOf(fields)) };
  }

  refused(): void {
    this.#first = undefined;
  }

  apart(status: number): boolean {
    if (!this.#id || (status !== 409 && status !== 404)) return false;
    this.#id = undefined;
    this.#version = 0;
    this.#first = undefined;
    return true;
  }

  told(): void {
    this.#version = 0;
  }

  inForm(): Record<string, string> {
    return { ...(this.#id && { id: this.#id }), version: String(this.#version) };
  }
}

/** What is being changed of a post that is out: it stands beside the post, which stays as it is. */
export class ReworkShelf implements Shelf {
  readonly family: string;
  readonly begun = true;
  readonly #post: string;
  #of: number;
  #id: string;
  #version: number;
  #told = false;

  constructor(post: { id: string; version: number }, rework?: { id: string; version: number }) {
    this.family = `rework-${post.id}-`;
    this.#post = post.id;
    this.#of = post.version;
    this.#id = rework?.id ?? crypto.randomUUID();
    this.#version = rework?.version ?? 0;
  }

  get name(): string {
    return this.family + this.#id;
  }

  get path(): string {
    return `/posts/${this.#post}/edit?rework=${this.#id}`;
  }

  get version(): number {
    return this.#version;
  }

  send(fields: Fields): Promise<Response> {
    const body = { fields, of: this.#of, version: this.#version };
    return ask('PUT', `/api/v1/posts/${this.#post}/reworks/${this.#id}`, body);
  }

  taken({ version = 1 }: { version?: number }) {
    const made = this.#version === 0;
    this.#version = version;
    return { made, whole: true };
  }

  refused(): void {
    // The same is sent again as it is then.
  }

  apart(status: number): boolean {
    if (status !== 409) return false;
    this.#id = crypto.randomUUID();
    this.#version = 0;
    return true;
  }

  told(): void {
    this.#told = true;
  }

  inForm(): Record<string, string> {
    const own = { rework: this.#id, reworkVersion: String(this.#version) };
    return { ...own, version: this.#told ? '' : String(this.#of) };
  }
}

function ask(
  method: string,
  path: string,
  body: object | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** This tab, the same when it is opened again after a crash. */
function tab(): string {
  let name = sessionStorage.getItem(TAB);
  if (!name) sessionStorage.setItem(TAB, (name = crypto.randomUUID()));
  return name;
}

const draftOf = (fields: Fields) => ({ ...postOf(fields), status: 'draft' });

/** The fields as the API takes them. */
function postOf({ title, body, community, tags, cover, coverAlt, purpose, ...rest }: Fields) {
  const { sourceUrl, sourceTitle, sourceAuthor, curatedId } = rest;
  return {
    ...{ title, body: body ?? '', cover, coverAlt, sourceUrl, sourceTitle, sourceAuthor, curatedId },
    ...(community !== undefined && { community: community || null }),
    ...(purpose && { purpose }),
    tags: labelsIn(tags ?? ''),
  };
}
