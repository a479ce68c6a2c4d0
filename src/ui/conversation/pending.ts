/** What the address or a refused form says about one comment of the conversation: being put right, quoted, answered. */
export interface ConversationState {
  /** The comment being put right. */
  editing: string | null;
  /** The comment being answered. */
  answering: string | null;
  /** The comment being answered with its words quoted. */
  quoting: string | null;
  /** A refused text: where it was meant to go, what it said, and why it was refused. */
  refused: { id: string; parentId: string; body: string; message: string } | null;
  /** The comment that the address leads to. */
  asked: string | null;
  /** The first comment since the reader was last here. */
  resumeAt: string | null;
}

/** The words of a comment as a Markdown quotation, ready to be answered. */
export function quoted(body: string): string {
  return `${body
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}\n\n`;
}
