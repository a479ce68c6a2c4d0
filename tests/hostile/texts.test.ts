/** Whatever is typed into whatever takes a text: kept as it was typed, or refused in a sentence; never a fault. */
import { expect, test } from 'vitest';
import { clientAs, isClear, settled } from './client.ts';
import { halves, naughtyTexts } from './naughty.ts';

const { api, page, form, output } = await clientAs('helene.dargent');

interface Post {
  id: string;
  title: string;
  body: string;
}

test('there are a few hundred of them', () => {
  expect(naughtyTexts.length).toBeGreaterThan(200);
});

test('posts and comments hold them, in the API and on the page', async () => {
  const wrong: string[] = [];
  for (const text of naughtyTexts) {
    const title = text.slice(0, 150);
    const written = await api('POST', '/posts', {
      title,
      body: text,
      tags: [text.slice(0, 40)],
      status: 'published',
    });
    if (!isClear(written)) wrong.push(`post ${written.status}: ${shown(text)}`);
    if (written.status !== 201) continue;
    const { id } = JSON.parse(written.text) as { id: string };
    const post = JSON.parse((await api('GET', `/posts/${id}`)).text) as Post;
    if (post.body !== kept(text)) wrong.push(`came back as ${shown(post.body)}: ${shown(text)}`);
    const comment = await api('POST', `/posts/${post.id}/comments`, { body: text });
    if (!isClear(comment)) wrong.push(`comment ${comment.status}: ${shown(text)}`);
    const seen = await page(`/posts/${post.id}`);
    if (seen.status !== 200) wrong.push(`page ${seen.status}: ${shown(text)}`);
  }
  expect(wrong).toEqual([]);
  for (const list of ['/?scope=all', '/feeds/all.rss', '/feeds/all.atom', '/feeds/all.json', '/tags']) {
    expect((await page(list)).status, list).toBe(200);
  }
}, 240_000);

test('searching for them finds something or nothing', async () => {
  const wrong: string[] = [];
  for (const text of naughtyTexts) {
    const q = encodeURIComponent(text.slice(0, 3000));
    for (const path of [`/search?q=${q}`, `/tags?prefix=${q}`, `/communities?q=${q}`, `/people?q=${q}`]) {
      const found = await api('GET', path);
      if (!isClear(found)) wrong.push(`${found.status} ${path.slice(0, 12)}: ${shown(text)}`);
    }
  }
  expect(wrong).toEqual([]);
}, 240_000);

test('names of communities and one’s own profile take them or say why not', async () => {
  const wrong: string[] = [];
  for (const text of naughtyTexts) {
    const founded = await api('POST', '/communities', {
      name: text.slice(0, 90),
      access: 'open',
      description: text,
    });
    if (!isClear(founded)) wrong.push(`community ${founded.status}: ${shown(text)}`);
    const profile = { name: text.slice(0, 120), headline: text, bio: text, asksAbout: text, ...settled };
    const saved = await form('/settings', new URLSearchParams(profile));
    if (!isClear(saved)) wrong.push(`profile ${saved.status}: ${shown(text)}`);
    const linked = await form(
      '/settings',
      new URLSearchParams({ name: 'Hélène', website: text, ...settled }),
    );
    if (!isClear(linked)) wrong.push(`website ${linked.status}: ${shown(text)}`);
  }
  expect(wrong).toEqual([]);
  expect((await page('/people/helene.dargent')).status).toBe(200);
  expect((await page('/communities')).status).toBe(200);
}, 240_000);

test('half a character is refused or made whole', async () => {
  for (const half of halves) {
    const answered = await api('POST', '/posts', `{"title": ${JSON.stringify(half)}, "body": "x${half}y"}`);
    expect(isClear(answered), JSON.stringify(half)).toBe(true);
  }
});

test('nothing of this reached the log as a fault', () => {
  expect(output()).not.toMatch(/error/i);
});

/** What a text is kept as: line ends become ours, and what cannot be kept is replaced. */
function kept(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\0', '\ufffd');
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 60));
}
