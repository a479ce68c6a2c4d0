import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { filesFault, mailFault } from './outside.ts';

beforeEach(() => void vi.stubEnv('LANG', 'C.UTF-8'));
afterEach(() => void vi.unstubAllEnvs());

describe('the mail server', async () => {
  const server = new SMTPServer({
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      done(password === 'right' ? null : new Error('no such'), { user: username }),
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  afterAll(() => new Promise<void>((closed) => server.close(closed)));

  async function faultOf(url: string) {
    vi.stubEnv('SMTP_URL', url);
    return mailFault();
  }

  test('takes mail, or is not asked', async () => {
    expect(await faultOf('')).toBeNull();
    expect(await faultOf(`smtp://us:right@127.0.0.1:${port}`)).toBeNull();
  });

  test('refuses the password, which is not repeated', async () => {
    const fault = await faultOf(`smtp://us:wrong@127.0.0.1:${port}`);
    expect(fault).toMatch(/refuses this name or password/);
    expect(fault).not.toContain('wrong');
  });

  test('has a certificate that nobody vouches for', async () => {
    expect(await faultOf(`smtp://us:right@[::ffff:127.0.0.1]:${port}`)).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('begins without TLS', async () => {
    expect(await faultOf(`smtps://us:right@127.0.0.1:${port}`)).toContain('write smtp://');
  });

  test('is not there', async () => {
    expect(await faultOf('smtp://127.0.0.1:1')).toMatch(/127\.0\.0\.1:1 takes no mail.*ECONNREFUSED/);
  });
});

describe('the bucket', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'essaim-bucket-'));
  const buckets = [{ name: 'essaim', configs: [] }];
  const s3 = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: buckets,
  });
  const { port } = await s3.run();
  afterAll(async () => {
    await s3.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function faultOf(url: string) {
    vi.stubEnv('FILES_S3_URL', url);
    return filesFault();
  }

  test('takes files, and keeps nothing of the question', async () => {
    expect(await faultOf('')).toBeNull();
    expect(await faultOf(`http://S3RVER:S3RVER@127.0.0.1:${port}/essaim?region=us-east-1`)).toBeNull();
    expect(readdirSync(join(directory, 'essaim'))).toEqual([]);
  });

  test.each([
    ['another key', 'nobody:wrong@127.0.0.1', 'essaim'],
    ['another bucket', 'S3RVER:S3RVER@127.0.0.1', 'elsewhere'],
  ])('with %s it takes none', async (_, who, bucket) => {
    const fault = await faultOf(`http://${who}:${port}/${bucket}?region=us-east-1`);
    expect(fault).toMatch(
      new RegExp(`^FILES_S3_URL: the bucket ${bucket} of 127.0.0.1:${port} takes no file`),
    );
    expect(fault).not.toContain('wrong');
  });

  test('is not there', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const { port: free } = nobody.address() as AddressInfo;
    nobody.close();
    await once(nobody, 'close');
    expect(await faultOf(`http://a:b@127.0.0.1:${free}/essaim`)).toContain('ECONNREFUSED');
  });
});
