import type { Fields } from './draft.ts';
import type { Shelf } from './shelf.ts';

/** How a text that saves itself stands, for the line under it. */
export type SaveState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date }
  /** Kept on this device only, and why. */
  | { kind: 'offline' | 'signedOut' }
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
  shelf: Shelf;
  fields: () => Fields;
  onstate: (state: SaveState) => void;
  /** The text is kept at a place of its own now; `other` has the one that stands in the way, where there was one. */
  onplace: (path: string, other: string | null) => void;
}

const AFTER_MILLISECONDS = 1_500;
const AGAIN_MILLISECONDS = 10_000;
const KEPT_DAYS = 30;
const PREFIX = 'essaim.draft';

/**
 * Saves a text by itself: on this device at every change, on the server a moment after typing stops. It never
 * publishes. Where the text has changed elsewhere this one goes to a place of its own, so that both are kept.
 */
export class Autosave {
  readonly #to: AutosaveOptions;
  readonly shelf: Shelf;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #under: Promise<void> | undefined;
  #saved = '';
  #ended = false;

  constructor(options: AutosaveOptions) {
    this.#to = options;
    this.shelf = options.shelf;
    this.#saved = options.shelf.begun ? JSON.stringify(options.fields()) : '';
  }

  /** Something was typed. */
  touched(): void {
    if (this.#ended) return;
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), AFTER_MILLISECONDS);
  }

  /** Saves now what is not saved; waits for what is on its way. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#under;
    if (this.#ended) return;
    const fields = this.#to.fields();
    if (JSON.stringify(fields) === this.#saved || (!this.shelf.begun && isEmpty(fields))) return;
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
    if (told) this.shelf.told();
  }

  /** What is kept here has arrived. */
  forget(): void {
    localStorage.removeItem(this.#place());
  }

  /** What this device kept of this text and the server does not have; null where there is none. */
  recover(): Fields | null {
    const kept = readKept(this.#place());
    if (!kept || JSON.stringify(kept.fields) === this.#saved) return null;
    if (this.shelf.begun && kept.version !== this.shelf.version) this.#apart(409);
    return kept.fields;
  }

  /** The latest text of this kind that the person began on this device and that the server never got. */
  orphan(): Orphan | null {
    return orphanOf(`${PREFIX}.${this.#to.person}.${this.shelf.family}`, this.#place());
  }

  async #send(fields: Fields): Promise<void> {
    this.#to.onstate({ kind: 'saving' });
    try {
      const answer = await this.shelf.send(fields);
      if (answer.ok) return await this.#arrived(fields, answer);
      const other = answer.status === 409 ? this.shelf.path : null;
      if (this.#apart(answer.status)) {
        await this.#send(fields);
        if (this.shelf.version) this.#to.onplace(this.shelf.path, other);
        return;
      }
      if (answer.status === 401) return this.#to.onstate({ kind: 'signedOut' });
      const { error } = (await answer.json()) as {
        error: { message: string; fields?: Record<string, string> };
      };
      this.shelf.refused();
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

  async #arrived(fields: Fields, answer: Response): Promise<void> {
    const before = this.#place();
    const { made, whole } = this.shelf.taken(
      (await answer.json()) as { id: string; version?: number },
      fields,
    );
    if (made) {
      localStorage.removeItem(before);
      this.#to.onplace(this.shelf.path, null);
    }
    this.#saved = whole ? JSON.stringify(fields) : '';
    if (JSON.stringify(this.#to.fields()) === this.#saved) this.forget();
    else this.touched();
    this.#to.onstate({ kind: 'saved', at: new Date() });
  }

  /** From here on the text has a place of its own, if it can. */
  #apart(status: number): boolean {
    const before = this.#place();
    if (!this.shelf.apart(status)) return false;
    localStorage.removeItem(before);
    this.#keep();
    return true;
  }

  #keep(): void {
    const kept: Kept = { fields: this.#to.fields(), version: this.shelf.version, at: Date.now() };
    try {
      localStorage.setItem(this.#place(), JSON.stringify(kept));
    } catch {
      // The device is full or keeps nothing; the server has it a moment later.
    }
  }

  #place(): string {
    return `${PREFIX}.${this.#to.person}.${this.shelf.name}`;
  }
}

/** A text begun in another tab of this device, which the server never got. */
export interface Orphan {
  place: string;
  fields: Fields;
}

/** The latest of a family that is not the own one; what is a month old is thrown away. */
function orphanOf(family: string, own: string): Orphan | null {
  const orphans: (Orphan & Kept)[] = [];
  for (const place of Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}.`))) {
    const kept = readKept(place);
    if (!kept || kept.at < Date.now() - KEPT_DAYS * 86_400_000) localStorage.removeItem(place);
    else if (place.startsWith(family) && place !== own) orphans.push({ place, ...kept });
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

const isEmpty = (fields: Fields) => !fields['title']?.trim() && !fields['body']?.trim();
