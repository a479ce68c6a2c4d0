/**
 * A text that several people write at the same moment. What one types goes into a document that merges; what others
 * typed comes out of it. Without a network one goes on writing: what has not left is kept in the browser.
 */
import * as Y from 'yjs';
import { edits } from '../../text/differences.ts';
import { mergeTexts } from '../../text/merge.ts';

export type TogetherState =
  { kind: 'opening' | 'saved' | 'saving' | 'offline' } | { kind: 'refused'; why: string };

interface Around {
  id: string;
  /** Whoever writes: what is kept here for him is nobody else's. */
  person: string;
  /** Called before the text changes under the writer's hands: brings `write` up to the last letter. */
  onbefore: () => void;
  ontext: (text: string) => void;
  onstate: (state: TogetherState) => void;
}

const SEND_AFTER = 600;
const TRY_AGAIN_AFTER = 4_000;
const LOOK_EVERY = 20_000;
const SERVER = 'server';
/** What the server takes in one go is limited: long hours offline are sent in parts. */
const MOST_AT_ONCE = 2_000;

export class Together {
  readonly #around: Around;
  readonly #document = new Y.Doc();
  readonly #text = this.#document.getText('text');
  /** Where this window keeps what has not left: a place of its own, under what all windows of this person share. */
  readonly #place: string;
  readonly #places: string;
  /** What other windows kept, as it was taken up here. */
  readonly #taken = new Map<string, string>();
  #waiting: Uint8Array[] = [];
  #version = 0;
  #sending: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #looking: ReturnType<typeof setInterval>;
  #closed = false;

  constructor(around: Around) {
    this.#around = around;
    this.#places = `essaim.page.${around.person}.${around.id}`;
    this.#place = `${this.#places}.${this.#document.clientID}`;
    this.#document.on('update', (change: Uint8Array, from: unknown) => {
      if (from === SERVER) return;
      this.#waiting.push(change);
      this.#keep();
    });
    this.#looking = setInterval(() => void this.look(), LOOK_EVERY);
  }

  /**
   * Takes up the text as it stands, what other windows could not send, and what was typed into `mine` before the
   * script came. Gives false where the network does not answer.
   */
  async open(base: string, mine: () => string): Promise<boolean> {
    this.#say({ kind: 'opening' });
    if (!(await this.#read(true))) return false;
    this.#takeUp();
    this.write(mergeTexts(base, mine(), this.text).text);
    this.#around.ontext(this.text);
    if (this.#waiting.length > 0) void this.send();
    else this.#say({ kind: 'saved' });
    return true;
  }

  /** How far the text has come: all that the server had up to here stands in it. */
  get version(): number {
    return this.#version;
  }

  get text(): string {
    return this.#text.toString();
  }

  /** The writer's text as it is now. */
  write(text: string): void {
    if (text === this.text) return;
    this.#document.transact(() => {
      for (const { at, remove, insert } of edits(this.text, text)) {
        if (remove > 0) this.#text.delete(at, remove);
        if (insert !== '') this.#text.insert(at, insert);
      }
    });
    this.#say({ kind: navigator.onLine ? 'saving' : 'offline' });
    this.#soon(SEND_AFTER);
  }

  /** Somebody else wrote: reads what. */
  async look(): Promise<void> {
    if (this.#closed || this.#version === 0) return;
    await this.#read();
    if (this.#waiting.length > 0) await this.send();
  }

  /** Sends what has not left. Gives whether nothing waits any more. */
  async send(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined));
    await this.#sending;
    return this.#waiting.length === 0;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#looking);
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const part = this.#waiting.slice(0, MOST_AT_ONCE);
      const answer = await fetch(this.#address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ change: base64(Y.mergeUpdates(part)) }),
      }).catch(() => null);
      if (!answer?.ok) return this.#failed(answer);
      const { version } = (await answer.json()) as { version: number };
      this.#waiting = this.#waiting.slice(part.length);
      this.#keep();
      // One more than known: nobody else wrote meanwhile.
      if (version === this.#version + 1) this.#version = version;
      else if (version > this.#version) await this.#read();
    }
    this.#say({ kind: 'saved' });
  }

  async #failed(answer: Response | null): Promise<void> {
    const final = answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    if (final) {
      const { error } = (await answer.json().catch(() => ({}))) as { error?: { message?: string } };
      return this.#say({ kind: 'refused', why: error?.message ?? String(answer.status) });
    }
    this.#say({ kind: 'offline' });
    this.#soon(TRY_AGAIN_AFTER);
  }

  async #read(first = false): Promise<boolean> {
    const answer = await fetch(`${this.#address}?since=${this.#version}`).catch(() => null);
    if (!answer?.ok) return false;
    const { version, changes } = (await answer.json()) as { version: number; changes: string[] };
    if (this.#closed) return false;
    this.#version = Math.max(this.#version, version);
    if (!first && changes.length > 0) this.#around.onbefore();
    const before = this.text;
    for (const change of changes) Y.applyUpdate(this.#document, bytesOf(change), SERVER);
    if (!first && this.text !== before) this.#around.ontext(this.text);
    return true;
  }

  #soon(wait: number): void {
    if (!this.#closed) this.#timer ??= setTimeout(() => void this.send(), wait);
  }

  /** Another window may still be open: the same change sent twice is the same change. */
  #takeUp(): void {
    for (const place of Object.keys(localStorage).filter((name) => name.startsWith(this.#places))) {
      const kept = localStorage.getItem(place);
      if (!kept) continue;
      this.#taken.set(place, kept);
      Y.applyUpdate(this.#document, bytesOf(kept));
    }
    if (this.#waiting.length === 0) this.#forget();
  }

  /** Nothing waits any more. What another window has written since stays. */
  #forget(): void {
    localStorage.removeItem(this.#place);
    for (const [place, kept] of this.#taken) {
      if (localStorage.getItem(place) === kept) localStorage.removeItem(place);
    }
    this.#taken.clear();
  }

  #keep(): void {
    if (this.#waiting.length === 0) return this.#forget();
    try {
      localStorage.setItem(this.#place, base64(Y.mergeUpdates(this.#waiting)));
    } catch {
      // A full store keeps nothing more: the page still holds it, and sends it when it can.
    }
  }

  #say(state: TogetherState): void {
    if (!this.#closed) this.#around.onstate(state);
  }

  get #address(): string {
    return `/api/v1/pages/${this.#around.id}/changes`;
  }
}

const PIECE = 0x8000;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
