/** A list of posts that lives: new ones wait until they are asked for, those that are there stay right. */
import { freshPage, onFresh, readSoon, replace } from './again.ts';
import { onSignal, type Signal } from './signal.ts';
import { keepingStill } from './still.ts';

/** Lets the list of this page live, if it has one. */
export function liveList(): void {
  const list = document.querySelector<HTMLElement>('[data-live-list]');
  if (list) new LiveList(list).listen();
}

class LiveList {
  readonly #list: HTMLElement;
  readonly #button: HTMLButtonElement | null;
  readonly #arrived = new Set<string>();

  constructor(list: HTMLElement) {
    this.#list = list;
    this.#button = document.querySelector('[data-arrivals]');
  }

  listen(): void {
    onSignal((signal) => this.#hear(signal));
    onFresh((page) => {
      const fresh = this.#cardsOf(page);
      return fresh && keepingStill(() => this.#bringUpToDate(fresh));
    });
    this.#button?.addEventListener('click', () => void this.#showArrived());
  }

  #hear({ name, id = '', entryId = id }: Signal): void {
    if (name === 'post.gone') this.#drop(id);
    else if (name === 'reset') readSoon();
    else if (this.#cards().has(entryId) || (name === 'read.changed' && !id)) readSoon();
    else if (name === 'post.published' || name === 'post.returned') this.#arrive([id]);
  }

  #arrive(ids: string[]): void {
    for (const id of ids) this.#arrived.add(id);
    this.#count();
  }

  #drop(id: string): void {
    this.#arrived.delete(id);
    this.#count();
    const card = this.#cards().get(id);
    if (card) void keepingStill(() => card.remove());
  }

  #count(): void {
    const [button, many] = [this.#button, this.#arrived.size];
    if (!button) return;
    const [one = '', several = ''] = [button.dataset['one'], button.dataset['several']];
    button.textContent = many === 1 ? one : several.replace('2', String(many));
    button.hidden = many === 0;
  }

  #cards(root: ParentNode = this.#list): Map<string, HTMLElement> {
    const cards = [...root.querySelectorAll<HTMLElement>('[data-entry]')];
    return new Map(cards.map((card) => [card.dataset['entry'] ?? '', card]));
  }

  /** Those that are there become as they are now; what is new waits; what has gone goes. */
  #bringUpToDate(fresh: Map<string, HTMLElement>): void {
    const old = this.#cards();
    const shared = [...old.keys()].filter((id) => fresh.has(id));
    const last = shared.at(-1);
    const before = last === undefined ? [] : [...old.keys()].slice(0, [...old.keys()].indexOf(last));
    for (const id of before) if (!fresh.has(id)) old.get(id)?.remove();
    for (const id of shared) replace(old.get(id), fresh.get(id));
    const order = [...fresh.keys()];
    const newest = order.findIndex((id) => old.has(id));
    if (this.#button) this.#arrive(order.slice(0, Math.max(newest, 0)));
  }

  async #showArrived(): Promise<void> {
    const page = await freshPage();
    const fresh = page && this.#cardsOf(page);
    if (!fresh) return location.reload();
    const old = this.#cards();
    const come = [...fresh].filter(([id]) => !old.has(id) && this.#arrived.has(id)).map(([, card]) => card);
    if (come.length === 0) return location.reload();
    await keepingStill(() => this.#list.prepend(...come));
    this.#arrived.clear();
    this.#count();
    come[0]?.scrollIntoView({ block: 'start' });
    come[0]?.querySelector<HTMLElement>('h2 a')?.focus({ preventScroll: true });
  }

  #cardsOf(page: Document): Map<string, HTMLElement> | null {
    const list = page.querySelector('[data-live-list]');
    return list && this.#cards(list);
  }
}
