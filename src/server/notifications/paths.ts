/** Where a post is, or a comment under it, however many others stand there. */
export function postPath(entryId: string, commentId?: string | null): string {
  return `/posts/${entryId}${commentId ? `?comment=${commentId}#comment-${commentId}` : ''}`;
}

/** What came into a dossier in the seven days before `at`. */
export function weekPath(dossierId: string, at: Date): string {
  return `/dossiers/${dossierId}?view=changes&until=${lastDayBefore(at)}`;
}

/** The last whole day before `at`, YYYY-MM-DD. */
export function lastDayBefore(at: Date): string {
  return new Date(at.getTime() - 86_400_000).toISOString().slice(0, 10);
}

/** Where a community is, or those who ask at its door. */
export function communityPath(slug: string, asked = false): string {
  return `/communities/${slug}${asked ? '/requests' : ''}`;
}
