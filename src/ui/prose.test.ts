import { expect, test } from 'vitest';
import { dressProse } from './prose.ts';

const dress = (html: string, first: 2 | 3 = 2) => dressProse(html, first, (key) => key);

test('headings begin where the page wants them and skip no level', () => {
  expect(dress('<h3>a</h3><h6>b</h6><h4>c</h4><h3>d</h3>')).toBe('<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>');
  expect(dress('<h2>a</h2>', 3)).toBe('<h3>a</h3>');
});

test('a text without any of it stays as it is', () => {
  expect(dress('<p>Un <em>mot</em>.</p>')).toBe('<p>Un <em>mot</em>.</p>');
});

test('what is wide can be scrolled by keyboard', () => {
  expect(dress('<table><tr></tr></table>')).toBe(
    '<div class="wide" tabindex="0"><table><tr></tr></table></div>',
  );
  expect(dress('<pre><code>x</code></pre>')).toBe('<pre tabindex="0"><code>x</code></pre>');
});

test('a ticked box says so', () => {
  expect(dress('<input type="checkbox" checked disabled>')).toContain('aria-label="posts.done"');
  expect(dress('<input type="checkbox" disabled>')).toContain('aria-label="posts.toDo"');
});

test('what looks like a tag inside a value opens nothing', () => {
  const hostile = '<img alt="<table><script>alert(1)</script>"><h2>a</h2>';
  expect(dress(hostile)).toBe(hostile);
});
