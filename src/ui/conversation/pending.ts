/** What the address or a refused form says about one comment of the conversation: being put right, quoted, answered. */
export interface ConversationState {
  /** The comment being put right. */
  editing: string | null;
  /** The comment being answered with its words quoted. */
  quoting: string | null;
  /** A refused text: where it was meant to go, what it said, and why it was refused. */
  refused: { id: string; parentId: string; body: string; message: string } | null;
}

/** The words of a comment as a Markdown quotation, ready to be answered. */
export function quoted(body: string): string {
  return `${body
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}\n\n`;
}

/** What the address of a page and the answer to one of its forms say. */
export function stateOf(
  query: Pick<URLSearchParams, 'get'>,
  form: { message?: string; values?: Record<string, string> } | null | undefined,
): ConversationState {
  const { message, values } = form ?? {};
  const refused =
    message !== undefined && values && 'body' in values
      ? { id: values.id ?? '', parentId: values.parentId ?? '', body: values.body ?? '', message }
      : null;
  return { editing: query.get('edit'), quoting: query.get('quote'), refused };
}
