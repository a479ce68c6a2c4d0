import { Extension, type Editor, type Extensions, type Range } from '@tiptap/core';
import { PluginKey } from '@tiptap/pm/state';
import { Suggestion, type SuggestionKeyDownProps, type SuggestionProps } from '@tiptap/suggestion';

/** Something that may be meant: a colleague behind `@`, a subject behind `#`. */
export interface Completion {
  kind: 'person' | 'subject';
  /** What is written. */
  written: string;
  label: string;
  hint: string;
  /** Id of a person's picture. */
  picture?: string | null;
}

/** What is being completed, to be shown beside the caret. */
export interface Offered {
  kind: Completion['kind'];
  items: Completion[];
  range: Range;
  choose: (item: Completion) => void;
}

export interface Completing {
  show: (offered: Offered | null) => void;
  onKeyDown: (event: KeyboardEvent) => boolean;
  chosen: (item: Completion) => void;
  newSubject: string;
}

const MOST = 6;
const PREFIXES = [' ', '(', '«', '"', '\u00a0', '\u202f', '’', "'"];

/** Completes names and subjects while they are typed. */
export function completing(to: Completing): Extensions {
  return [
    completer('people', '@', (query) => peopleNamed(query), to),
    completer('subjects', '#', (query) => subjectsNamed(query, to.newSubject), to),
  ];
}

function completer(
  name: string,
  char: string,
  find: (query: string) => Promise<Completion[]>,
  to: Completing,
): Extensions[number] {
  return Extension.create({
    name,
    addProseMirrorPlugins() {
      return [
        Suggestion<Completion, Completion>({
          editor: this.editor,
          pluginKey: new PluginKey(name),
          char,
          allowedPrefixes: PREFIXES,
          minQueryLength: 1,
          debounce: 120,
          items: ({ query }) => find(query),
          allow: ({ editor }) =>
            !editor.isActive('codeBlock') && !editor.isActive('verbatim') && !editor.isActive('code'),
          command: ({ editor, range, props: item }) => write(editor, range, item, to),
          render: () => ({
            onStart: (props) => to.show(offered(props)),
            onUpdate: (props) => to.show(offered(props)),
            onKeyDown: ({ event }: SuggestionKeyDownProps) => to.onKeyDown(event),
            onExit: () => to.show(null),
          }),
        }),
      ];
    },
  });
}

function offered({ items, range, command }: SuggestionProps<Completion, Completion>): Offered | null {
  return items.length ? { kind: items[0]!.kind, items, range, choose: command } : null;
}

function write(editor: Editor, range: Range, item: Completion, to: Completing): void {
  editor.chain().focus().insertContentAt(range, `${item.written} `).run();
  to.chosen(item);
}

async function peopleNamed(query: string): Promise<Completion[]> {
  const people = await read<{ handle: string; name: string; picture: string | null }>('people', query);
  return people.map(({ handle, name, picture }) => ({
    kind: 'person',
    written: `@${handle}`,
    label: name,
    hint: `@${handle}`,
    picture,
  }));
}

async function subjectsNamed(query: string, newSubject: string): Promise<Completion[]> {
  const known = await read<{ slug: string; label: string }>('tags', query);
  const found = known.map(({ slug, label }) => ({
    kind: 'subject' as const,
    written: `#${slug}`,
    label,
    hint: `#${slug}`,
  }));
  const typed = query.toLowerCase();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}-]*$/u.test(query) || found.some(({ written }) => written === `#${typed}`))
    return found;
  return [...found, { kind: 'subject', written: `#${query}`, label: query, hint: newSubject }];
}

/** Nothing where the network does not answer: one goes on typing. */
async function read<Item>(noun: string, prefix: string): Promise<Item[]> {
  try {
    const answer = await fetch(`/api/v1/${noun}?limit=${MOST}&prefix=${encodeURIComponent(prefix)}`);
    return answer.ok ? ((await answer.json()) as { items: Item[] }).items : [];
  } catch {
    return [];
  }
}
