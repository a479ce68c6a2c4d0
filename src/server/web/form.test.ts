import type { RequestEvent } from '@sveltejs/kit';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { refusalResponse } from '../platform/api/refusal-response.ts';
import { openFormAction } from './form.ts';

const { db } = await testDatabase();

/** What PostgreSQL says where the disk is full. */
const onFullDisk = () =>
  sql`do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`.execute(db);

test('on a full disk a form comes back with what was typed, and says why', async () => {
  const action = openFormAction(async () => {
    await onFullDisk();
    return '/';
  });
  const request = new Request('http://network.example/', {
    method: 'POST',
    body: new URLSearchParams({ body: 'Une heure de travail' }),
  });
  const answer = await action({ request, locals: { db, language: 'fr' } } as unknown as RequestEvent);
  expect(answer).toMatchObject({
    status: 503,
    data: {
      reason: 'disk_full',
      message: expect.stringContaining('plus de place'),
      values: { body: 'Une heure de travail' },
    },
  });
});

test('on a full disk the API is unavailable, and says why', async () => {
  const error: unknown = await onFullDisk().catch((thrown: unknown) => thrown);
  const response = refusalResponse(error, new Request('http://network.example/api/v1/posts'));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    error: { code: 'unavailable', message: expect.stringContaining('no space left') },
  });
});
