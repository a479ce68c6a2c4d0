import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

function essaim(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/essaim.js', ...args], {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C.UTF-8', ...env },
  });
  return { status, stdout, stderr };
}

test('lists its commands, and explains each', () => {
  expect(essaim(['--help'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ {2}start {2}/m) });
  expect(essaim(['start', '--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('--demo') });
  expect(essaim([], { LANG: 'fr_FR.UTF-8' }).stdout).toContain('Démarre Essaim.');
});

test('ends with 2 and says how, when called wrongly', () => {
  expect(essaim(['dance'])).toMatchObject({ status: 2, stderr: expect.stringContaining('dance') });
  expect(essaim(['start', '--dance'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--demo'),
  });
  expect(essaim(['start', '--dance'], { LANG: 'fr_FR.UTF-8' }).stderr).toMatch(
    /^Cette commande ne comprend pas « --dance »/,
  );
  expect(essaim(['doctor', 'please'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('please'),
  });
  expect(essaim(['person', 'create', 'a@b.example', '--name', 'A', '--role', 'chief'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('"chief": guest, member, moderator, admin, owner'),
  });
});

test.each([
  ['PORT', 'abc'],
  ['ORIGIN', 'network'],
  ['DATABASE_URL', 'postgres://nobody@127.0.0.1:1/nothing'],
  ['LIKENESS_URL', 'https://vectors.example.com/v1/embeddings'],
])('ends with 1 and one sentence when %s is %s', (name, value) => {
  const { status, stderr } = essaim(['doctor'], { [name]: value });
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('ends with 1 and one sentence when there is no database to restore into', () => {
  const { status, stderr } = essaim(['restore', import.meta.filename], {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
  });
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('database');
});

test('ends with 1 and one sentence when nothing can be made in the data folder', () => {
  const { status, stderr } = essaim(['start'], { DATA_DIR: '/proc/essaim', DATABASE_URL: '', PORT: '34821' });
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('/proc/essaim');
});
