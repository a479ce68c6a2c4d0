/** What becomes of a file, by the type that was found in its content. */
export type FileKind = 'image' | 'audio' | 'video' | 'pdf' | 'other';

/** The pictures that are decoded, and nothing else is. */
const PICTURES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);

/** Names by which one type goes that browsers know by another. */
const PLAYED_AS: Record<string, string> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'video/quicktime': 'video/mp4',
  'video/x-m4v': 'video/mp4',
  'application/ogg': 'audio/ogg',
};
const PLAYED = new Set([
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/wav',
  'audio/aac',
  'audio/flac',
  'audio/webm',
  'video/mp4',
  'video/webm',
  'video/ogg',
]);

/** The type as a browser is told it. */
export function playableType(found: string): string {
  const plain = found.split(';')[0]!.trim().toLowerCase();
  return PLAYED_AS[plain] ?? plain;
}

export function kindOf(type: string): FileKind {
  if (PICTURES.has(type)) return 'image';
  if (PLAYED.has(type)) return type.startsWith('audio/') ? 'audio' : 'video';
  return type === 'application/pdf' ? 'pdf' : 'other';
}
