import { generateOpml } from 'feedsmith';

/** A feed, or a folder of them. */
export interface OpmlOutline {
  text: string;
  title: string;
  type?: string;
  xmlUrl?: string;
  htmlUrl?: string;
  outlines?: OpmlOutline[];
}

/** A list of feeds as OPML 2.0, for any reader of feeds. The format knows no empty list: an empty one holds its title. */
export function writeOpml(title: string, outlines: OpmlOutline[]): string {
  return generateOpml({
    head: { title },
    body: { outlines: outlines.length > 0 ? outlines : [{ text: title, title }] },
  });
}
