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
