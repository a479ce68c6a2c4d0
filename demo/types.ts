/** The shapes of the demonstration company: plain data, people named by handle, times relative to the day it is loaded. */

export interface DemoPerson {
  handle: string;
  name: string;
  email: string;
  role: 'owner' | 'admin' | 'moderator' | 'member' | 'guest';
  headline: string;
  bio: string;
  asksAbout: string[];
  helpsWith: string[];
}

export interface DemoCommunity {
  slug: string;
  name: string;
  access: 'open' | 'closed' | 'secret';
  emoji: string;
  description: string;
  themes: string[];
  founder: string;
  animators: string[];
  /** Everyone inside, founder and animators included. */
  members: string[];
  daysAgo: number;
}

/** A time of day in Europe/Paris, so many days before the day of loading; never less than one, so never in the future. */
export interface DemoMoment {
  daysAgo: number;
  at: string;
}

export type DemoReactions = Partial<Record<'thanks' | 'useful' | 'agree' | 'insightful', string[]>>;

export interface DemoComment extends DemoMoment {
  by: string;
  body: string;
  reactions?: DemoReactions;
  replies?: DemoComment[];
}

export interface DemoPost extends DemoMoment {
  key: string;
  by: string;
  /** Absent: the author's own blog. */
  community?: string;
  title?: string;
  body: string;
  tags: string[];
  source?: { url: string; title: string; author: string };
  status?: 'draft';
  reactions?: DemoReactions;
  comments?: DemoComment[];
}

export interface DemoFollow {
  by: string;
  people?: string[];
  tags?: string[];
  communities?: string[];
}

/** What somebody kept, a note where it has no address. Notes and pages alike may be for their owner alone. */
export interface DemoItem extends DemoMoment {
  title?: string;
  body?: string;
  url?: string;
  site?: string;
  author?: string;
  summary?: string;
  /** The page as it was read. */
  page?: string;
  marks?: { quote: string; note?: string }[];
  later?: true;
  forMe?: true;
}

/** Items without a watch stand in one without a name. */
export interface DemoWatch {
  by: string;
  name?: string;
  about?: string;
  /** Where it is shared. */
  community?: string;
  items: DemoItem[];
}

export interface DemoDossier extends DemoMoment {
  by: string;
  name: string;
  about: string;
  community: string;
  /** Key of the page on top. */
  page: string;
  /** Whose watches of that name. */
  owners: string[];
  followers: string[];
}

export interface DemoPage extends DemoMoment {
  key: string;
  by: string;
  community: string;
  /** Key of the page it stands below. */
  under?: string;
  title: string;
  body: string;
  tags: string[];
  /** Later versions: what was written in the place of what. */
  edits?: (DemoMoment & { by: string; was: string; is: string })[];
  beside?: (DemoMoment & { by: string; quote: string; body: string })[];
}

export interface DemoSource {
  title: string;
  site: string;
  /** With the address under which people keep it, where they do. */
  posts: (DemoMoment & { title: string; body: string; author?: string; url?: string })[];
  /** Who follows it, into which watch. */
  followers: { by: string; watch?: string }[];
  recommended?: DemoMoment & { by: string; community: string; why: string };
}

/** What somebody has done with all that says certain words; the watch, by its name, is his own. */
export interface DemoRule {
  by: string;
  words: string;
  does: 'file' | 'keep' | 'pass';
  watch?: string;
}
