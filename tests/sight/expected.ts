/** What is said where nothing is hidden. */
import type { Address } from './addresses.ts';
import type { Viewer } from './cast.ts';
import { difference, type Answer, type Window } from './looking.ts';

/** The name of nothing, which stands for whatever was never there. */
const absent = '01900000-0000-7000-8000-0000000000ab';
const id = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Answers of the quiet network, each asked for once. Nothing that is hidden elsewhere was ever there: all its names are
 * as unknown as one that nothing has, so the answer to that one, with the name put in, is the answer to each.
 */
export class Expected {
  readonly #quiet: Window;
  readonly #answers: Map<Viewer, Map<Address, Answer>>;
  readonly #asked = new Map<string, Promise<Answer>>();

  constructor(quiet: Window, answers: Map<Viewer, Map<Address, Answer>>) {
    this.#quiet = quiet;
    this.#answers = answers;
  }

  /** Where that answer parts from the one expected, in words. `names` are those of what is hidden. */
  async difference(viewer: Viewer, address: Address, names: string[], answer: Promise<Answer>) {
    const name = onlyNameIn(address, names);
    if (!name) return difference(await this.#answerTo(viewer, address), await answer);
    const unknown = await this.#answerTo(viewer, renamed(address, name, absent));
    if (difference(renamed(unknown, absent, name), await answer) === undefined) return undefined;
    // A name may weigh in what is drawn from it, as in an etag.
    return difference(await this.#quiet.ask(viewer, address), await answer);
  }

  #answerTo(viewer: Viewer, address: Address): Answer | Promise<Answer> {
    const known = this.#answers.get(viewer)?.get(address);
    if (known) return known;
    const { kind, method, path, body = '' } = address;
    const key = [viewer, kind, method, path, body].join(' ');
    const asked = this.#asked.get(key) ?? this.#quiet.ask(viewer, address);
    this.#asked.set(key, asked);
    return asked;
  }
}

/** The one identifier among these that it names; undefined where it names none, or several. */
function onlyNameIn({ path, body = '' }: Address, names: string[]): string | undefined {
  const found = new Set(names.filter((name) => id.test(name) && `${path} ${body}`.includes(name)));
  return found.size === 1 ? [...found][0] : undefined;
}

function renamed<T extends object>(told: T, from: string, to: string): T {
  const entries = Object.entries(told).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' ? value.replaceAll(from, to) : value,
  ]);
  return Object.fromEntries(entries) as T;
}
