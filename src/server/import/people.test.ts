import { describe, expect, test } from 'vitest';
import { resolvePeople } from './people.ts';
import type { ImportedBlog } from '../syndication/types.ts';

describe('who is who', () => {
  const blogOf = (
    title: string,
    ...people: { name: string; email?: string; userKey?: string }[]
  ): ImportedBlog => ({
    title,
    url: 'https://b.fr',
    authors: [{ key: 'marie', name: 'Marie Dupré', email: `marie@${title}.fr` }],
    posts: [
      {
        key: title,
        line: 1,
        author: 'marie',
        coAuthors: [],
        kind: 'post',
        status: 'published',
        title: '',
        body: '',
        publishedAt: null,
        tags: [],
        comments: people.map((author, index) => ({
          key: `${title}-${index}`,
          kind: 'comment',
          author,
          body: '',
          at: new Date(0),
        })),
      },
    ],
    skipped: [],
  });
  const count = (...blogs: ImportedBlog[]) => resolvePeople(blogs).people.length;

  test('the same e-mail, account or name is the same person', () => {
    expect(count(blogOf('a', { name: 'Paul', email: 'p@p.fr' }, { name: 'P.', email: 'p@p.fr' }))).toBe(2);
    expect(count(blogOf('a', { name: 'Paul', userKey: '4' }, { name: 'P.', userKey: '4' }))).toBe(2);
    expect(count(blogOf('a', { name: 'Paul Élan' }), blogOf('b', { name: 'paul  elan' }))).toBe(3);
  });

  test('different e-mails are different people, accounts belong to their blog', () => {
    expect(count(blogOf('a', { name: 'Paul', email: 'p@p.fr' }, { name: 'Paul', email: 'q@q.fr' }))).toBe(3);
    expect(
      count(blogOf('a', { name: 'Paul', userKey: '4' }), blogOf('b', { name: 'Jean', userKey: '4' })),
    ).toBe(4);
  });

  test('a commenter with the name of an author is the author, unless two authors share it', () => {
    const one = blogOf('a', { name: 'marie dupre' });
    expect(count(one)).toBe(1);
    const people = resolvePeople([one]);
    expect(people.ofCommenter(one, { name: 'marie dupre' })).toBe(people.ofAuthor(one, 'marie'));
    expect(count(one, blogOf('b'))).toBe(3);
  });

  test('nobody is nobody', () => {
    const blog = blogOf('a', { name: '' });
    expect(resolvePeople([blog]).ofCommenter(blog, { name: ' ' })).toBeUndefined();
  });
});
