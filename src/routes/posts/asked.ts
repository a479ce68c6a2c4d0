/** What the address of a conversation asks for: a page of it, or the page that holds the comment it speaks of. */
export interface Asked {
  cursor: string | null;
  /** Where the reader is led to, or what he is about to answer, quote or put right: it has to be there, whole. */
  comment: string | null;
  replies: string | null;
}

/** Reads what is asked of a conversation from the address of its page. */
export function askedOf({ searchParams }: URL): Asked {
  const about = ['comment', 'reply', 'quote', 'edit'].map((name) => searchParams.get(name));
  return {
    cursor: searchParams.get('cursor'),
    comment: about.find(Boolean) ?? null,
    replies: searchParams.get('replies'),
  };
}
