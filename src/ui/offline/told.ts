/** What a page is told when it asks. */
export interface Told {
  about: 'told';
  /** The page stands as it was kept: the network did not answer. */
  kept: boolean;
  waiting: { key: string; url: string; text: string; refused: string | null }[];
  titles: { url: string; title: string }[];
}
