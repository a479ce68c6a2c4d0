import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from './migrate.ts';

const administrator = inject('postgres');
let folder: string;
let name: string;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync('/tmp/essaim-migrations-');
  name = `migrate_${randomUUID().replaceAll('-', '')}`;
  await run(administrator, `create database ${name}`);
  const address = new URL(administrator);
  address.pathname = `/${name}`;
  url = address.href;
  file('0001_people.sql', 'create table people (id int primary key);');
});

afterEach(async () => {
  await run(administrator, `drop database ${name} with (force)`);
  rmSync(folder, { recursive: true });
});

function file(named: string, sql: string): void {
  writeFileSync(join(folder, named), sql);
}

async function run(address: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('applies each file once, in order', async () => {
  file('0002_posts.sql', 'create table posts (author int references people);');
  expect(await migrate(url, folder)).toEqual(['0001_people.sql', '0002_posts.sql']);
  file('0003_tags.sql', 'create table tags (name text);');
  expect(await migrate(url, folder)).toEqual(['0003_tags.sql']);
  expect(await migrate(url, folder)).toEqual([]);
});

test('lets several processes come at once', async () => {
  const applied = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
  expect(applied.flat()).toEqual(['0001_people.sql']);
});

test('leaves nothing of a file that fails, and keeps those before it', async () => {
  file('0002_broken.sql', 'create table half (id int); insert into nowhere values (1);');
  await expect(migrate(url, folder)).rejects.toThrow(/0002_broken\.sql.*nowhere/);
  expect(await run(url, `select to_regclass('half') as half, to_regclass('people') as people`)).toEqual([
    { half: null, people: 'people' },
  ]);
  file('0002_broken.sql', 'create table whole (id int);');
  expect(await migrate(url, folder)).toEqual(['0002_broken.sql']);
});

test('refuses a file that changed after it was applied', async () => {
  await migrate(url, folder);
  file('0001_people.sql', 'create table people (id bigint primary key);');
  await expect(migrate(url, folder)).rejects.toThrow(/0001_people\.sql/);
});

test('refuses a database that a newer version has changed', async () => {
  file('0002_future.sql', 'create table future (id int);');
  await migrate(url, folder);
  rmSync(join(folder, '0002_future.sql'));
  await expect(migrate(url, folder)).rejects.toThrow(/newer version|plus récente/);
});

test('refuses a file numbered before one that was applied, and two with one number', async () => {
  file('0003_later.sql', 'select 1;');
  await migrate(url, folder);
  file('0002_between.sql', 'select 1;');
  await expect(migrate(url, folder)).rejects.toThrow(/0002_between\.sql/);
  file('0003_twin.sql', 'select 1;');
  await expect(migrate(url, folder)).rejects.toThrow('0003');
});

test('refuses a PostgreSQL older than 18', async () => {
  await run(
    url,
    `create schema old;
     create function old.current_setting(text) returns text language sql
       as $$ select case $1 when 'server_version' then '17.2' else '170002' end $$;
     alter database ${name} set search_path = old, pg_catalog`,
  );
  await expect(migrate(url, folder)).rejects.toThrow(/PostgreSQL 18.*17\.2/s);
});

test('says when nothing answers', async () => {
  await expect(migrate('postgres://nobody@127.0.0.1:1/nothing', folder)).rejects.toThrow(/127\.0\.0\.1:1/);
});
