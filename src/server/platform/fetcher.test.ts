import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { fetchGuarded, FetchRefused, type FetchOptions } from './fetcher.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function serve(
  listener: RequestListener,
): Promise<{ url: string; host: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}/`, host, requests };
}

async function refusal(address: string, options?: FetchOptions): Promise<FetchRefused> {
  const error = await fetchGuarded(address, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(FetchRefused);
  return error as FetchRefused;
}

describe('where it goes', () => {
  test('an allowed private server is read, politely', async () => {
    const site = await serve((_, response) => response.setHeader('etag', '"v1"').end('bonjour'));
    const got = await fetchGuarded(`${site.url}#part`, { allow: [site.host] });
    expect(got).toMatchObject({ status: 200, url: site.url, etag: '"v1"', lastModified: null });
    expect(Buffer.from(got.body!).toString()).toBe('bonjour');
    expect(site.requests[0]!.headers['user-agent']).toMatch(/^Essaim\/\d+\.\d+\.\d+ \(\+feed reader\)$/);
  });

  test('the same server, not allowed, sees no request', async () => {
    const site = await serve((_, response) => response.end('secret'));
    const port = site.host.split(':')[1];
    const forms = [
      '127.0.0.1',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '127.1',
      '0',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '①②⑦.0.0.1',
    ];
    for (const host of forms) {
      expect((await refusal(`http://${host}:${port}/`)).code, host).toBe('address');
    }
    expect((await refusal(`http://localhost:${port}/`)).code).toBe('address');
    expect(site.requests).toHaveLength(0);
  });

  test('a name that resolves to a private address is refused, with the other port allowed', async () => {
    const site = await serve((_, response) => response.end('secret'));
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    const error = await refusal(`http://rebind.test:${site.host.split(':')[1]}/`, {
      lookup,
      allow: ['rebind.test:1'],
    });
    expect(error.code).toBe('address');
    expect(error.message).toContain('rebind.test');
    expect(site.requests).toHaveLength(0);
  });

  test('a name is resolved once per connection, and what was checked is what is connected to', async () => {
    const site = await serve((_, response) => response.end('secret'));
    let asked = 0;
    const lookup = async () => {
      asked += 1;
      return asked === 1 ? [{ address: '192.0.2.1', family: 4 }] : [{ address: '127.0.0.1', family: 4 }];
    };
    const error = await refusal(`http://rebind.test:${site.host.split(':')[1]}/`, { lookup });
    expect(error.code).toBe('address');
    expect(asked).toBe(1);
    expect(site.requests).toHaveLength(0);
  });

  test('of several addresses only the public ones are tried', async () => {
    const site = await serve((_, response) => response.end('secret'));
    const lookup = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '::ffff:7f00:1', family: 6 },
    ];
    expect((await refusal(`http://both.test:${site.host.split(':')[1]}/`, { lookup })).code).toBe('address');
    expect(site.requests).toHaveLength(0);
  });

  test.each([
    'file:///etc/passwd',
    'ftp://example.test/',
    'data:text/plain,x',
    'javascript:alert(1)',
    'nothing',
    '',
  ])('%s is not a web address', async (address) => expect((await refusal(address)).code).toBe('scheme'));

  test('a password in the address is refused', async () => {
    expect((await refusal('http://user:pass@example.test/')).code).toBe('address');
  });

  test('an unknown name, and a server that is not there', async () => {
    const unknown = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    expect((await refusal('http://x.test/', { lookup: () => Promise.reject(unknown) })).message).toContain(
      'x.test',
    );
    expect((await refusal('http://127.0.0.1:9/', { allow: ['127.0.0.1:9'] })).code).toBe('network');
  });
});

describe('redirects', () => {
  test('are followed, and say when the move is for good', async () => {
    const site = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(301, { location: '/b' }).end();
      else if (request.url === '/b') response.writeHead(308, { location: '/c' }).end();
      else if (request.url === '/c') response.writeHead(302, { location: '/d' }).end();
      else response.end('here');
    });
    const got = await fetchGuarded(`${site.url}a`, { allow: [site.host] });
    expect(got.url).toBe(`${site.url}d`);
    expect(got.movedPermanentlyTo).toBe(`${site.url}c`);
    const temporary = await fetchGuarded(`${site.url}c`, { allow: [site.host] });
    expect(temporary.movedPermanentlyTo).toBeUndefined();
  });

  test('in a circle, or without end, are given up', async () => {
    const site = await serve((request, response) => {
      const step = Number(request.url!.slice(1));
      response.writeHead(302, { location: step === 0 ? '/0' : `/${step + 1}` }).end();
    });
    expect((await refusal(`${site.url}0`, { allow: [site.host] })).message).toContain('circle');
    expect((await refusal(`${site.url}1`, { allow: [site.host] })).code).toBe('redirects');
    expect(site.requests.length).toBeLessThan(10);
  });

  test.each([
    ['http://169.254.169.254/latest/meta-data/', 'address'],
    ['http://[::ffff:127.0.0.1]:PORT/', 'address'],
    ['//localhost:PORT/', 'address'],
    ['http://user:pass@example.test/', 'address'],
    ['file:///etc/passwd', 'scheme'],
  ])('to %s are refused', async (target, code) => {
    const site = await serve((request, response) => {
      const location = target.replace('PORT', String(request.socket.localPort));
      response.writeHead(302, { location }).end();
    });
    expect((await refusal(site.url, { allow: [site.host] })).code).toBe(code);
    expect(site.requests).toHaveLength(1);
  });

  test('to another origin do not carry the headers of the first', async () => {
    const other = await serve((_, response) => response.end('ok'));
    const site = await serve((_, response) => response.writeHead(302, { location: other.url }).end());
    await fetchGuarded(site.url, {
      allow: [site.host, other.host],
      headers: { authorization: 'Bearer x', 'x-key': 'y' },
    });
    expect(site.requests[0]!.headers.authorization).toBe('Bearer x');
    expect(other.requests[0]!.headers.authorization).toBeUndefined();
    expect(other.requests[0]!.headers['x-key']).toBeUndefined();
  });
});

describe('how much, and how long', () => {
  const megabytes = (count: number) => Buffer.alloc(count * 1_000_000);

  test('an endless body is cut', async () => {
    const site = await serve((_, response) => {
      const pour = () => {
        while (response.write(megabytes(1)));
        response.once('drain', pour);
      };
      pour();
    });
    expect((await refusal(site.url, { allow: [site.host], maxBytes: 3_000_000 })).code).toBe('too_large');
  });

  test('a length over the cap is refused before it is read', async () => {
    const site = await serve((_, response) =>
      response.writeHead(200, { 'content-length': '99999999' }).write('x'),
    );
    expect((await refusal(site.url, { allow: [site.host], maxBytes: 1000 })).message).toContain('1 kB');
  });

  test.each([
    ['gzip', gzipSync(megabytes(50))],
    ['br', brotliCompressSync(megabytes(50))],
    ['gzip, gzip', gzipSync(gzipSync(megabytes(50)))],
  ])('a %s bomb is cut', async (encoding, bomb) => {
    const site = await serve((_, response) => response.setHeader('content-encoding', encoding).end(bomb));
    expect((await refusal(site.url, { allow: [site.host], maxBytes: 1_000_000 })).code).toBe('too_large');
  });

  test('an honest compressed body is read, a broken or stacked one refused', async () => {
    const site = await serve((request, response) => {
      if (request.url === '/ok') response.setHeader('content-encoding', 'gzip').end(gzipSync('salut'));
      else if (request.url === '/cut')
        response.setHeader('content-encoding', 'gzip').end(gzipSync('salut').subarray(0, 12));
      else response.setHeader('content-encoding', 'gzip, gzip, gzip').end('x');
    });
    const got = await fetchGuarded(`${site.url}ok`, { allow: [site.host] });
    expect(Buffer.from(got.body!).toString()).toBe('salut');
    expect((await refusal(`${site.url}cut`, { allow: [site.host] })).code).toBe('network');
    expect((await refusal(`${site.url}stacked`, { allow: [site.host] })).code).toBe('network');
  });

  test('a slow drip meets the total time', async () => {
    const site = await serve((_, response) => {
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect((await refusal(site.url, { allow: [site.host], totalMs: 300 })).code).toBe('timeout');
  });

  test('silence meets the idle time, before and inside the body', async () => {
    const site = await serve((request, response) => {
      if (request.url === '/body') response.write('half');
    });
    expect((await refusal(site.url, { allow: [site.host], idleMs: 200 })).code).toBe('timeout');
    expect((await refusal(`${site.url}body`, { allow: [site.host], idleMs: 200 })).code).toBe('timeout');
  });

  test('a resolver that never answers meets the total time', async () => {
    expect(
      (await refusal('http://x.test/', { lookup: () => new Promise(() => {}), totalMs: 200 })).code,
    ).toBe('timeout');
  });
});

describe('what it reports', () => {
  test('an unchanged document', async () => {
    const site = await serve((request, response) => {
      const known =
        request.headers['if-none-match'] === '"v1"' && request.headers['if-modified-since'] === 'x';
      response.writeHead(known ? 304 : 200, { etag: '"v1"' }).end();
    });
    const got = await fetchGuarded(site.url, { allow: [site.host], etag: '"v1"', lastModified: 'x' });
    expect(got).toMatchObject({ status: 304, body: null, etag: '"v1"' });
  });

  test('a server that asks to come back later', async () => {
    const site = await serve((request, response) => {
      const when = request.url === '/seconds' ? '120' : 'Wed, 21 Oct 2099 07:28:00 GMT';
      response.writeHead(429, { 'retry-after': when }).end();
    });
    const error = await refusal(`${site.url}seconds`, { allow: [site.host] });
    expect(error).toMatchObject({ code: 'status', status: 429 });
    expect(Math.abs(error.retryAfter!.getTime() - Date.now() - 120_000)).toBeLessThan(5000);
    const dated = await refusal(`${site.url}date`, { allow: [site.host] });
    expect(dated.retryAfter?.toISOString()).toBe('2099-10-21T07:28:00.000Z');
  });

  test('a document that is gone', async () => {
    const site = await serve((_, response) => response.writeHead(410).end());
    expect(await refusal(site.url, { allow: [site.host] })).toMatchObject({ code: 'status', status: 410 });
  });
});
