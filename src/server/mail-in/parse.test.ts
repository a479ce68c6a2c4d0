import { expect, test } from 'vitest';
import { parseMail } from './parse.ts';

const from = async (value: string) =>
  (await parseMail(Buffer.from(`From: ${value}\r\nTo: un@essaim.example\r\n\r\nOui.`))).from;

test('a mail is from the one address it names', async () => {
  expect(await from('"Dargent, Hélène (Roanne)" <Helene.Dargent@essaim.example>')).toBe(
    'helene.dargent@essaim.example',
  );
  expect(await from('helene@essaim.example, nadia@essaim.example')).toBeNull();
});

test.each(['(', '"\\', '"('])('a From of nothing but %j is nobody’s, and found out at once', async (sign) => {
  const start = process.cpuUsage();
  expect(await from(`${sign.repeat(200_000 / sign.length)} <helene@essaim.example>`)).toBeNull();
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(2500);
});
