import type { FileFacts } from '../platform/markdown-files.ts';
import { kindOf, type FileKind } from '../platform/files/kinds.ts';

/** A file as its owner and the API know it. */
export interface FileView extends FileFacts {
  kind: FileKind;
  url: string;
  /** What shows it in a text. */
  markdown: string;
}

export function presentFile(file: FileFacts): FileView {
  const url = `/files/${file.id}`;
  const kind = kindOf(file.type);
  const label = (text: string) => text.replace(/[\\[\]*_`<>~|]/g, '\\$&');
  const bare = file.name.replace(/\.[a-z0-9]{1,5}$/i, '');
  const markdown = kind === 'image' ? `![${label(bare)}](${url})` : `[${label(file.name)}](${url})`;
  return { ...file, kind, url, markdown };
}
