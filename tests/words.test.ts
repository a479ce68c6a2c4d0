/** Everything said on screen exists in both languages, and what exists is said. */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { sourcesIn, visit, whereabouts, type SourceFile } from './source.ts';

type Words = { [key: string]: string | Words };

const french = keysOf(JSON.parse(readFileSync('messages/fr.json', 'utf8')));
const english = keysOf(JSON.parse(readFileSync('messages/en.json', 'utf8')));
const sources = [...sourcesIn('src'), ...sourcesIn('bin')].filter(({ path }) => !path.endsWith('.test.ts'));

test('French and English say the same things', () => {
  expect([...french].filter((key) => !english.has(key))).toEqual([]);
  expect([...english].filter((key) => !french.has(key))).toEqual([]);
});

test('every key written in the code has words', () => {
  const keys = sources.flatMap(keysSaid);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter(({ key }) => !french.has(key)).map(({ key, at }) => `${at} ${key}`)).toEqual([]);
});

test('every reason to refuse has words', () => {
  const reasons = sources.flatMap(reasonsGiven);
  expect(reasons.length).toBeGreaterThan(0);
  const mute = reasons.filter(({ key }) => !french.has(`refusal.${key}`));
  expect(mute.map(({ key, at }) => `${at} ${key}`)).toEqual([]);
});

test('every word is said somewhere', () => {
  const code = sources.map(({ text }) => text).join('\n');
  expect([...french].filter((key) => !isSaid(key, code))).toEqual([]);
});

/** Written out, or put together from its beginning: `refusal.${reason}`. */
function isSaid(key: string, code: string): boolean {
  if (["'", '"', '`'].some((quote) => code.includes(quote + key + quote))) return true;
  const beginnings = Array.from(key, (_, last) => key.slice(0, last + 1));
  return beginnings.some((beginning) => code.includes(`\`${beginning}\${`));
}

/** Dotted keys; the plural forms of one count as that one. */
function keysOf(words: Words, path = ''): Set<string> {
  const keys = new Set<string>();
  for (const [name, value] of Object.entries(words)) {
    const key = path ? `${path}.${name}` : name;
    if (typeof value === 'string') keys.add(key.replace(/_(zero|one|two|few|many|other)$/, ''));
    else for (const inner of keysOf(value, key)) keys.add(inner);
  }
  return keys;
}

interface Mention {
  key: string;
  at: string;
}

/** The literal keys of `t('...')` and `say(language, '...')`, in scripts and in markup. */
function keysSaid(file: SourceFile): Mention[] {
  const found = [...file.text.matchAll(/\bt\(\s*(['"`])([\w.-]+)\1/g)].map((match) => {
    const line = file.text.slice(0, match.index).split('\n').length;
    return { key: match[2] ?? '', at: `${file.path}:${line}` };
  });
  visit(file.tree, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText(file.tree) !== 'say') return;
    const key = node.arguments[1];
    if (key && ts.isStringLiteral(key)) found.push({ key: key.text, at: whereabouts(file, node) });
  });
  return found;
}

/** The literal reasons of `new Refusal(code, reason, {field: reason})` and `invalid(field, reason)`. */
function reasonsGiven(file: SourceFile): Mention[] {
  const found: Mention[] = [];
  visit(file.tree, (node) => {
    if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return;
    const name = node.expression.getText(file.tree);
    if (name !== 'invalid' && !(ts.isNewExpression(node) && name === 'Refusal')) return;
    const [, reason, fields] = node.arguments ?? [];
    const literals = [reason, ...fieldReasons(fields)].filter((part) => part !== undefined);
    for (const part of literals) {
      if (ts.isStringLiteral(part)) found.push({ key: part.text, at: whereabouts(file, node) });
    }
  });
  return found;
}

function fieldReasons(fields: ts.Expression | undefined): ts.Expression[] {
  if (!fields || !ts.isObjectLiteralExpression(fields)) return [];
  return fields.properties.filter(ts.isPropertyAssignment).map((property) => property.initializer);
}
