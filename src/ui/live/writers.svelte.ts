/** Who is writing a comment now. Only names of this moment: they fade by themselves. */
const FADES_AFTER_MILLISECONDS = 8_000;
const TELL_EVERY_MILLISECONDS = 4_000;

interface Writer {
  handle: string;
  name: string;
}

export class Writers {
  #now = $state<Writer[]>([]);
  readonly #timers: Record<string, ReturnType<typeof setTimeout> | undefined> = {};
  readonly #known: Record<string, Promise<string | null> | undefined> = {};

  get names(): string[] {
    return this.#now.map(({ name }) => name);
  }

  async add(handle: string): Promise<void> {
    clearTimeout(this.#timers[handle]);
    this.#timers[handle] = setTimeout(() => this.#forget(handle), FADES_AFTER_MILLISECONDS);
    const name = await this.#nameOf(handle);
    if (!name || !this.#timers[handle] || this.#now.some((writer) => writer.handle === handle)) return;
    this.#now.push({ handle, name });
  }

  /** Whose comment has come writes no more. */
  clear(comments: HTMLElement[]): void {
    const links = comments.flatMap((comment) => [...comment.querySelectorAll('header a[href^="/people/"]')]);
    for (const link of links) this.#forget(link.getAttribute('href')?.split('/').at(-1) ?? '');
  }

  #forget(handle: string): void {
    clearTimeout(this.#timers[handle]);
    this.#timers[handle] = undefined;
    this.#now = this.#now.filter((writer) => writer.handle !== handle);
  }

  #nameOf(handle: string): Promise<string | null> {
    return (this.#known[handle] ??= readName(handle));
  }
}

async function readName(handle: string): Promise<string | null> {
  const answer = await fetch(`/api/v1/people/${encodeURIComponent(handle)}`).catch(() => null);
  return answer?.ok ? ((await answer.json()) as { name: string }).name : null;
}

/** While somebody types a comment, those who read the page are told so. Gives the way to stop. */
export function tellThatOneWrites(entryId: string): () => void {
  let toldAt = -Infinity;
  const tell = ({ target }: Event) => {
    const typing = target instanceof HTMLTextAreaElement && target.name === 'body' && target.value.trim();
    if (!typing || performance.now() - toldAt < TELL_EVERY_MILLISECONDS) return;
    toldAt = performance.now();
    void fetch(`/api/v1/posts/${entryId}/writing`, { method: 'POST' }).catch(() => undefined);
  };
  document.addEventListener('input', tell);
  return () => document.removeEventListener('input', tell);
}
