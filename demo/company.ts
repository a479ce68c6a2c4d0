/**
 * Aubrelle, pumps and dosing for industry, Roanne: an invented company whose sales people have been writing to each
 * other for a year. It is what a newcomer sees with `--demo`, and (what they keep and write together apart) the small
 * world the tests live in.
 */
import { communities } from './communities.ts';
import { dossiers, watches } from './desks.ts';
import { follows } from './follows.ts';
import { pages } from './pages.ts';
import { people } from './people.ts';
import { cars } from './posts/cars.ts';
import { craft } from './posts/craft.ts';
import { crm } from './posts/crm.ts';
import { drafts } from './posts/drafts.ts';
import { fair } from './posts/fair.ts';
import { farewell } from './posts/farewell.ts';
import { handover } from './posts/handover.ts';
import { joke } from './posts/joke.ts';
import { kermorvanAfter } from './posts/kermorvan-after.ts';
import { kermorvan } from './posts/kermorvan.ts';
import { newcomerLater } from './posts/newcomer-later.ts';
import { newcomer } from './posts/newcomer.ts';
import { notebooks } from './posts/notebooks.ts';
import { priceAnswers } from './posts/price-answers.ts';
import { priceWar } from './posts/price-war.ts';
import { readings } from './posts/readings.ts';
import { recipe } from './posts/recipe.ts';
import { tenders } from './posts/tenders.ts';
import { vigieLater } from './posts/vigie-later.ts';
import { vigie } from './posts/vigie.ts';
import { rules, sources } from './sources.ts';
import type {
  DemoCommunity,
  DemoDossier,
  DemoFollow,
  DemoPage,
  DemoPerson,
  DemoPost,
  DemoRule,
  DemoSource,
  DemoWatch,
} from './types.ts';

export interface DemoCompany {
  people: DemoPerson[];
  communities: DemoCommunity[];
  posts: DemoPost[];
  follows: DemoFollow[];
  pages: DemoPage[];
  watches: DemoWatch[];
  dossiers: DemoDossier[];
  sources: DemoSource[];
  rules: DemoRule[];
}

/** Oldest first, as they were written. */
const posts = [
  ...kermorvan,
  ...kermorvanAfter,
  ...priceWar,
  ...priceAnswers,
  ...newcomer,
  ...newcomerLater,
  ...cars,
  ...crm,
  ...joke,
  ...vigie,
  ...vigieLater,
  ...fair,
  ...handover,
  ...farewell,
  ...tenders,
  ...recipe,
  ...craft,
  ...readings,
  ...notebooks,
  ...drafts,
].sort((a, b) => b.daysAgo - a.daysAgo || a.at.localeCompare(b.at));

export const company: DemoCompany = {
  ...{ people, communities, posts, follows },
  ...{ pages, watches, dossiers, sources, rules },
};
