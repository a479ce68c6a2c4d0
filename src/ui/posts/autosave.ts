import { labelsIn, type Fields } from './draft.ts';

/** How a draft that saves itself stands, for the line under the text. */
export type SaveState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date }
  /** Kept on this device only, and why. */
  | { kind: 'local' | 'offline' | 'signedOut' }
  | { kind: 'refused'; why: string };

/** What is kept on this device until the server has it. */
interface Kept {
  fields: Fields;
  version: number;
  at: number;
}

export interface AutosaveOptions {
  /** Handle of the person: what is kept here is shown to nobody else. */
  person: string;
  /** The draft that exists already, and its version. */
  id?: string;
  version?: number;
  /** False for a post that is out: it changes when its author says so. */
  remote: boolean;
  fields: () => Fields;
  onstate: (state: SaveState) => void;
  /** The draft is kept under an id now; `other` has the text that stands in the way, where there was one. */
  ondraft: (id: string, other: string | null) => void;
}

const AFTER_MILLISECONDS = 1_500;
const AGAIN_MILLISECONDS = 10_000;
const KEPT_DAYS = 30;
const PREFIX = 'essaim.draft';
const TAB = 'essaim.tab';

/**
 * Saves a draft by itself: on this device at every change, on the server a moment after typing stops. It never
 * publishes. Where the draft has changed elsewhere the text goes into a draft of its own, so that both are kept.
 */
export class Autosave {
  readonly #to: AutosaveOptions;
  #id: string | undefined;
  #version: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #under: Promise<void> | undefined;
  #saved = '';
  #first: { key: string; body: string } | undefined;
  #ended = false;

  constructor(options: AutosaveOptions) {
    this.#to = options;
    this.#id = options.id;
    this.#version = options.version ?? 0;
    this.#saved = options.id ? JSON.stringify(options.fields()) : '';
  }

  get id(): string | undefined {
    return this.#id;
  }

  get version(): number {
    return this.#version;
  }

  /** Something was typed. */
  touched(): void {
    if (this.#ended) return;
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), AFTER_MILLISECONDS);
    if (!this.#to.remote) this.#to.onstate({ kind: 'local' });
  }

  /** Saves now what is not saved; waits for what is on its way. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#under;
    if (this.#ended || !this.#to.remote) return;
    const fields = this.#to.fields();
    if (JSON.stringify(fields) === this.#saved || (!this.#id && isEmpty(fields))) return;
    this.#under = this.#send(fields).finally(() => (this.#under = undefined));
    await this.#under;
  }

  /** The form goes its own way: nothing is saved beside it. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#ended = true;
    await this.#under;
  }

  /** The form was not taken: saving goes on; over whatever stands there once its author has been told. */
  resume(told: boolean): void {
    this.#ended = false;
    if (told) this.#version = 0;
  }

  /** What is kept here has arrived. */
  forget(): void {
    localStorage.removeItem(this.#place());
  }

  /** What this device kept of this text and the server does not have; null where there is none. */
  recover(): Fields | null {
    const kept = readKept(this.#place());
    if (!kept || JSON.stringify(kept.fields) === this.#saved) return null;
    if (this.#id && kept.version !== this.#version) this.#apart();
    return kept.fields;
  }

  async #send(fields: Fields): Promise<void> {
    this.#to.onstate({ kind: 'saving' });
    try {
      const answer = await this.#ask(fields);
      if (answer.ok) return await this.#arrived(fields, answer);
      if ((answer.status === 409 || answer.status === 404) && this.#id) {
        const other = answer.status === 409 ? this.#id : null;
        this.#apart();
        await this.#send(fields);
        if (this.#id) this.#to.ondraft(this.#id, other);
        return;
      }
      if (answer.status === 401) return this.#to.onstate({ kind: 'signedOut' });
      const { error } = (await answer.json()) as {
        error: { message: string; fields?: Record<string, string> };
      };
      this.#first = undefined;
      const wrong = Object.keys(error.fields ?? {}).filter((name) => name !== 'body' && fields[name]);
      // An address half typed is no reason to lose the text.
      if (wrong.length)
        return await this.#send({ ...fields, ...Object.fromEntries(wrong.map((name) => [name, ''])) });
      if (answer.status >= 500 || answer.status === 429) throw new Error(error.message);
      this.#to.onstate({ kind: 'refused', why: error.message });
    } catch {
      this.#to.onstate({ kind: 'offline' });
      this.#timer = setTimeout(() => void this.save(), AGAIN_MILLISECONDS);
    }
  }

  #ask(fields: Fields): Promise<Response> {
    if (this.#id)
      return fetch(`/api/v1/posts/${this.#id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...postOf(fields), status: 'draft', version: this.#version || undefined }),
      });
    // Asked again in the same words until it is answered: the draft is made once.
    this.#first ??= {
      key: crypto.randomUUID(),
      body: JSON.stringify({ ...postOf(fields), status: 'draft' }),
    };
    return fetch('/api/v1/posts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': this.#first.key },
      body: this.#first.body,
    });
  }

  async #arrived(fields: Fields, answer: Response): Promise<void> {
    const { id, version } = (await answer.json()) as { id: string; version?: number };
    const made = !this.#id;
    const sent = made ? this.#first?.body : undefined;
    if (made) {
      this.forget();
      this.#id = id;
      this.#first = undefined;
      this.#to.ondraft(id, null);
    }
    this.#version = version ?? 1;
    const whole = !sent || sent === JSON.stringify({ ...postOf(fields), status: 'draft' });
    this.#saved = whole ? JSON.stringify(fields) : '';
    if (JSON.stringify(this.#to.fields()) === this.#saved) this.forget();
    else this.touched();
    this.#to.onstate({ kind: 'saved', at: new Date() });
  }

  /** From here on the text is a draft of its own. */
  #apart(): void {
    this.forget();
    this.#id = undefined;
    this.#version = 0;
    this.#first = undefined;
    this.#keep();
  }

  #keep(): void {
    const kept: Kept = { fields: this.#to.fields(), version: this.#version, at: Date.now() };
    try {
      localStorage.setItem(this.#place(), JSON.stringify(kept));
    } catch {
      // The device is full or keeps nothing; the server has it a moment later.
    }
  }

  #place(): string {
    return `${PREFIX}.${this.#to.person}.${this.#id ?? `new-${tab()}`}`;
  }
}

/** A text begun in another tab of this device, which the server never got. */
export interface Orphan {
  place: string;
  fields: Fields;
}

/** The latest text that this person began here and that no tab of this one holds; what is a month old is thrown away. */
export function orphanOf(person: string): Orphan | null {
  const own = `${PREFIX}.${person}.new-`;
  const orphans: (Orphan & Kept)[] = [];
  for (const place of Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}.`))) {
    const kept = readKept(place);
    if (!kept || kept.at < Date.now() - KEPT_DAYS * 86_400_000) localStorage.removeItem(place);
    else if (place.startsWith(own) && !place.endsWith(tab())) orphans.push({ place, ...kept });
  }
  return orphans.toSorted((a, b) => b.at - a.at)[0] ?? null;
}

function readKept(place: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(place) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

/** This tab, the same when it is opened again after a crash. */
function tab(): string {
  let name = sessionStorage.getItem(TAB);
  if (!name) sessionStorage.setItem(TAB, (name = crypto.randomUUID()));
  return name;
}

const isEmpty = (fields: Fields) => !fields['title']?.trim() && !fields['body']?.trim();

/** The fields as the API takes them. */
function postOf({ title, body, community, tags, cover, purpose, ...rest }: Fields) {
  const { sourceUrl, sourceTitle, sourceAuthor, curatedId } = rest;
  return {
    ...{ title, body: body ?? '', cover, sourceUrl, sourceTitle, sourceAuthor, curatedId },
    ...(community !== undefined && { community: community || null }),
    ...(purpose && { purpose }),
    tags: labelsIn(tags ?? ''),
  };
}
