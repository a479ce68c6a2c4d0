/** /readyz and /metrics, below their addresses. */
import { expect, test } from 'vitest';
import { refuseFigures } from '#server/api.ts';
import { openDatabase } from '#server/platform/db.ts';
import { metricsText } from '#server/platform/metrics.ts';
import { isReady } from '#server/platform/ready.ts';
import { testDatabase } from '../database.ts';
import { clientOf, tokenOf } from './client.ts';

const { db, pool } = await testDatabase();

async function statusFor(address: string, headers: Record<string, string> = {}): Promise<number> {
  const request = new Request('http://essaim.test/metrics', { headers });
  return (await refuseFigures(request, db, address))?.status ?? 200;
}

test('figures are for the machine itself and for tokens of scope admin', async () => {
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(await statusFor(address)).toBe(200);
  for (const address of ['10.0.0.7', '192.168.1.1', '2001:db8::1', '128.0.0.1', '127.0.0.1.example']) {
    expect(await statusFor(address)).toBe(401);
  }
  expect(await statusFor('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toBe(401);
  const bearer = async (scopes: ('read' | 'write' | 'admin')[]) => ({
    authorization: `Bearer ${await tokenOf(db, 'nadia.rahmani', scopes)}`,
  });
  expect(await statusFor('203.0.113.9', await bearer(['read', 'write']))).toBe(403);
  expect(await statusFor('203.0.113.9', await bearer(['admin']))).toBe(200);
});

test('figures name routes, never people or things', async () => {
  const nadia = await clientOf(db, 'nadia.rahmani');
  const made = await nadia({ method: 'POST', path: '/posts', body: { title: 'Secret', body: 'Tu.' } });
  const { id } = made.body as { id: string };
  const asked = () => {
    const series = 'http_request_duration_seconds_count{route="/posts/{id}",method="GET",status="200"} ';
    return Number(metricsText(pool).split(series)[1]?.split('\n')[0] ?? 0);
  };
  // Other files may have asked in this process.
  const before = asked();
  await nadia(`/posts/${id}`);
  expect(asked()).toBe(before + 1);
  await nadia({ method: 'BREW', path: '/coffee/nadia.rahmani' });
  const text = metricsText(pool);
  expect(text).toContain('route="unknown",method="other",status="404"');
  expect(text).toMatch(/^database_connections \d+$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  for (const name of [id, 'nadia', 'Secret', 'coffee']) expect(text).not.toContain(name);
  const samples = text.split('\n').filter((line) => line && !line.startsWith('#'));
  for (const sample of samples) expect(sample).toMatch(/^[a-z_]+(\{[^{}]*(\{\w+\}[^{}]*)*\})? [\d.e+-]+$/);
});

test('ready says whether the database answers', async () => {
  expect(await isReady(db)).toBe(true);
  const away = openDatabase('postgres://nobody@127.0.0.1:1/nothing', 1);
  expect(await isReady(away.db)).toBe(false);
  await away.close();
});
