/** Where a post is, or a comment under it, however many others stand there. */
export function postPath(entryId: string, commentId?: string | null): string {
  return `/posts/${entryId}${commentId ? `?comment=${commentId}#comment-${commentId}` : ''}`;
}

/** Where a report is decided on. */
export function reportPath(reportId: string): string {
  return `/moderation/${reportId}`;
}

/** Where a community is, or those who ask at its door. */
export function communityPath(slug: string, asked = false): string {
  return `/communities/${slug}${asked ? '/requests' : ''}`;
}
