import type { Processor } from 'unified';

/** What the parser calls a token, as far as it concerns us. */
interface Run {
  type: string;
  start: unknown;
  /** The parser's own note: no bracket stands open before this. */
  _gfmAutolinkLiteralWalkedInto?: boolean;
}
type Event = [turn: 'enter' | 'exit', token: Run, context: unknown];
type State = (code: number | null) => unknown;

/**
 * Puts together, as they come, the runs of plain characters that stand next to each other: wherever something might have
 * begun and did not, one ends. The parser does so only at the end of a paragraph, by moving all that follows for each, so
 * that a list of names of 100 kB would hold the server up for seconds. Nothing of what is made of a text changes.
 */
const joining = {
  name: 'joinedRuns',
  previous(this: { events: Event[] }): boolean {
    joinRuns(this.events);
    return false;
  },
  tokenize: (_effects: unknown, _ok: State, nok: State): State => nok,
};

/** Called within a run: it is begun where the one before it began, and that one is forgotten. */
function joinRuns(events: Event[]): void {
  const open = events.at(-1);
  if (open?.[0] !== 'enter' || open[1].type !== 'data') return;
  for (let before = runBefore(events); before; before = runBefore(events)) {
    open[1].start = before.start;
    if (before._gfmAutolinkLiteralWalkedInto) open[1]._gfmAutolinkLiteralWalkedInto = true;
    events.splice(-3, 2);
  }
}

function runBefore(events: Event[]): Run | undefined {
  const before = events.at(-2);
  return before?.[0] === 'exit' && before[1].type === 'data' ? before[1] : undefined;
}

/** Line ends, and every sign of ASCII: with what begins something in a text. */
const CODES = [-5, -4, -3, ...Array.from({ length: 94 }, (_, at) => at + 33)];
const everywhere = Object.fromEntries(CODES.map((code) => [code, joining]));

/** A plugin of remark: what `joining` does, in running text as in titles. */
export function remarkJoinedRuns(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: unknown[] };
  (data.micromarkExtensions ??= []).push({ text: everywhere, string: everywhere });
}
