import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findServer } from './find-server.ts';
import { parseServerUrl } from './target.ts';

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

const leadingTo =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses);

describe('findServer', () => {
  test('puts an address in place of a name, and leaves the name in the request', async () => {
    const found = await findServer(parseServerUrl(`ws://localhost:${port}/echo`));
    expect(found).toMatchObject({ hostname: '127.0.0.1', host: `localhost:${port}`, target: '/echo' });
  });

  test('takes the first address at which somebody listens', async () => {
    const resolve = leadingTo('127.0.0.77', '127.0.0.1');
    const found = await findServer(parseServerUrl(`ws://localhost:${port}/`), { resolve });
    expect(found.hostname).toBe('127.0.0.1');
  });

  test.each([
    ['10.0.0.1'],
    ['127.0.0.1', '192.0.2.1'],
    ['::ffff:127.0.0.1'],
    ['0.0.0.0'],
    ['fe80::1'],
    ['127.0.0.1.2'],
  ])('refuses a name that leads to %s, before it connects', async (...addresses) => {
    const target = parseServerUrl(`ws://localhost:${port}/`);
    await expect(findServer(target, { resolve: leadingTo(...addresses) })).rejects.toThrow(
      /^localhost resolves to \S+, which is not this machine/,
    );
  });

  test('takes such a name where that is allowed', async () => {
    const target = parseServerUrl(`ws://localhost:${port}/`, { allowRemote: true });
    await expect(findServer(target, { resolve: leadingTo('127.0.0.1', '192.0.2.1') })).resolves.toMatchObject({
      hostname: '127.0.0.1',
    });
  });

  test('says what is wrong with each address', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const target = parseServerUrl(`ws://localhost:${(gone.address() as AddressInfo).port}/`);
    await new Promise((resolve) => gone.close(resolve));
    const search = findServer(target, { resolve: leadingTo('127.0.0.1', '127.0.0.2') });
    await expect(search).rejects.toThrow(/127\.0\.0\.1.*; .*127\.0\.0\.2.*Start it, or give another address\.$/);
  });

  test('says that a name does not resolve', async () => {
    // No name ends so: RFC 6761 §6.4.
    await expect(findServer(parseServerUrl('ws://framelight.invalid/'))).rejects.toThrow(
      'The name in ws://framelight.invalid/ does not resolve',
    );
  });
});
