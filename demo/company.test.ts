import { expect, test } from 'vitest';

import { company } from './company.ts';
import type { DemoComment, DemoMoment, DemoPost, DemoReactions } from './types.ts';

const people = new Map(company.people.map((person) => [person.handle, person]));
const communities = new Map(company.communities.map((community) => [community.slug, community]));
const published = company.posts.filter((post) => post.status !== 'draft');

/** Everything said under a post, each with what it answers. */
function conversation(post: DemoPost): { comment: DemoComment; parent: DemoMoment & { by: string } }[] {
  const under = (
    comments: DemoComment[],
    parent: DemoMoment & { by: string },
  ): ReturnType<typeof conversation> =>
    comments.flatMap((comment) => [{ comment, parent }, ...under(comment.replies ?? [], comment)]);
  return under(post.comments ?? [], post);
}

/** Who may read and write where a post stands. */
function mayWriteIn(handle: string, slug: string | undefined): boolean {
  const person = people.get(handle);
  if (!person) return false;
  const community = slug === undefined ? undefined : communities.get(slug);
  if (community?.members.includes(handle)) return true;
  return person.role !== 'guest' && (community === undefined || community.access === 'open');
}

/** Minutes before the end of the day of loading: greater is earlier. */
function ago({ daysAgo, at }: DemoMoment): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return (daysAgo + 1) * 24 * 60 - hours * 60 - minutes;
}

function reactors(reactions: DemoReactions = {}): string[] {
  return Object.values(reactions).flat();
}

function mentions(body: string): string[] {
  return [...body.matchAll(/(?<![\w.])@([a-z]+(?:\.[a-z]+)*)/g)].map((match) => match[1]!);
}

test('people have one handle, one address and a place in the company', () => {
  expect(people.size).toBe(company.people.length);
  for (const person of company.people) {
    expect(person.handle).toMatch(/^[a-z]+\.[a-z]+$/);
    expect(person.email).toBe(`${person.handle}@essaim.example`);
  }
  const withRole = (role: string) => company.people.filter((person) => person.role === role).length;
  expect([withRole('owner'), withRole('admin'), withRole('moderator'), withRole('guest')]).toEqual([
    1, 1, 1, 1,
  ]);
});

test('communities have a valid slug and are founded and animated from inside', () => {
  expect(communities.size).toBe(company.communities.length);
  for (const community of company.communities) {
    expect(community.slug).toMatch(/^[a-z0-9-]+$/);
    expect(new Set(community.members).size, community.slug).toBe(community.members.length);
    for (const handle of community.members) expect(people.has(handle), handle).toBe(true);
    for (const handle of [community.founder, ...community.animators])
      expect(community.members).toContain(handle);
  }
  expect(new Set(company.communities.map((community) => community.access))).toEqual(
    new Set(['open', 'closed', 'secret']),
  );
});

test('sixty posts are published, each with its own key, in a community that existed', () => {
  expect(published).toHaveLength(60);
  expect(new Set(company.posts.map((post) => post.key)).size).toBe(company.posts.length);
  for (const post of company.posts) {
    expect(post.key).toMatch(/^[a-z0-9-]+$/);
    if (post.community !== undefined)
      expect(communities.get(post.community)?.daysAgo, post.key).toBeGreaterThanOrEqual(post.daysAgo);
  }
});

test('nobody writes, reacts or is mentioned where they may not read', () => {
  for (const post of company.posts) {
    const said = conversation(post).map(({ comment }) => comment);
    for (const { by, body, reactions } of [post, ...said]) {
      for (const handle of [by, ...reactors(reactions), ...mentions(body)]) {
        expect(mayWriteIn(handle, post.community), `${handle} in ${post.key}`).toBe(true);
      }
    }
  }
});

test('nobody reacts to their own words, nor twice in the same way', () => {
  for (const post of company.posts) {
    for (const { by, reactions } of [post, ...conversation(post).map(({ comment }) => comment)]) {
      expect(reactors(reactions), `${by} in ${post.key}`).not.toContain(by);
      for (const handles of Object.values(reactions ?? {}))
        expect(new Set(handles).size, post.key).toBe(handles.length);
    }
  }
});

test('answers come after what they answer, and nothing is in the future', () => {
  for (const post of company.posts) {
    expect(post.daysAgo, post.key).toBeLessThanOrEqual(365);
    for (const moment of [post, ...conversation(post).map(({ comment }) => comment)]) {
      expect(moment.at, post.key).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
      expect(moment.daysAgo, post.key).toBeGreaterThanOrEqual(1);
    }
    for (const { comment, parent } of conversation(post)) {
      expect(ago(comment), `${comment.by} answering ${parent.by} in ${post.key}`).toBeLessThan(ago(parent));
    }
  }
});

test('answers side by side stand in the order they were written', () => {
  const inOrder = (comments: DemoComment[] = []): boolean =>
    comments.every(
      (comment, i) => (i === 0 || ago(comment) <= ago(comments[i - 1]!)) && inOrder(comment.replies),
    );
  for (const post of company.posts) expect(inOrder(post.comments), post.key).toBe(true);
});

test('people follow people, communities and tags that exist', () => {
  const tags = new Set(published.flatMap((post) => post.tags));
  for (const follow of company.follows) {
    expect(people.has(follow.by)).toBe(true);
    for (const handle of follow.people ?? []) {
      expect(people.has(handle), handle).toBe(true);
      expect(handle).not.toBe(follow.by);
    }
    for (const tag of follow.tags ?? []) expect(tags, `${tag} followed by ${follow.by}`).toContain(tag);
    for (const slug of follow.communities ?? [])
      expect(mayWriteIn(follow.by, slug), `${follow.by} in ${slug}`).toBe(true);
  }
});

test('the world the other tests count on', () => {
  const of = (access: string) => company.communities.filter((community) => community.access === access);
  const guest = company.people.find((person) => person.role === 'guest')!;
  expect(company.communities.filter((community) => community.members.includes(guest.handle))).toHaveLength(1);
  const inSecret = new Set(of('secret').flatMap((community) => community.members));
  expect(
    company.people
      .filter((person) => person.role !== 'guest' && !inSecret.has(person.handle))
      .map((person) => person.handle),
  ).toEqual(expect.arrayContaining(['bernard.lecoq', 'thomas.gauthier']));
  for (const community of [...of('secret'), ...of('closed')]) {
    const posts = published.filter((post) => post.community === community.slug);
    expect(community.members.length).toBeGreaterThanOrEqual(3);
    expect(
      posts.some((post) => conversation(post).length > 0),
      community.slug,
    ).toBe(true);
  }
});
