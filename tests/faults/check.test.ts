import { expect, test } from 'vitest';
import { expectHarm, startServer } from './harm.ts';
import { flooding, orderCheck } from './peers/check.ts';

const MEGABYTE = 1024 * 1024;

/** A server that has checked another before: the suite is loaded with the first check, and stays. */
async function startChecker() {
  const server = await startServer();
  const url = `ws://127.0.0.1:${server.port}/echo`;
  expect((await orderCheck(server.port, { url, only: '5.5.1' })).end).toBe('all');
  return server;
}

test('two pages at once order messages of 32 MiB: they go through the server in blocks', async () => {
  const maxMessage = 32 * MEGABYTE;
  const checked = await startServer({ settings: { limits: { maxMessageBytes: maxMessage } } });
  const server = await startChecker();
  await expectHarm(server, { peakMegabytes: 96, lines: 2, worstLatencyMs: 1000 }, async () => {
    const order = { url: `ws://127.0.0.1:${checked.port}/echo`, only: '10.4', maxMessage };
    const results = await Promise.all([1, 2].map(() => orderCheck(server.port, order)));
    for (const result of results) expect(result).toEqual({ end: 'all', outcomes: { passed: 4 } });
  });
}, 60_000);

test('a page can order messages of 64 MiB at most', async () => {
  const server = await startServer();
  const order = { url: `ws://127.0.0.1:${server.port}/echo`, only: '10.4', maxMessage: 64 * MEGABYTE + 1 };
  expect((await orderCheck(server.port, order)).end).toContain('"maxMessage" must be a whole number');
});

const FLOODS: Readonly<Record<string, readonly Uint8Array[]>> = {
  'empty texts': [Uint8Array.of(0x81, 0)],
  pings: [Uint8Array.of(0x89, 0)],
  'fragments of one text': [Uint8Array.of(0, 0), Uint8Array.of(1, 0)],
  'long messages': [Uint8Array.of(0x82, 126, 0xff, 0xff, ...new Uint8Array(65_535))],
};

test.each(Object.entries(FLOODS))(
  'four pages at once check a server that floods with %s: the check hangs up',
  async (_, [frame = new Uint8Array(0), first]) => {
    const server = await startChecker();
    await expectHarm(server, { peakMegabytes: 128, lines: 4, worstLatencyMs: 1500 }, async () => {
      const url = await flooding(frame, first);
      const results = await Promise.all([1, 2, 3, 4].map(() => orderCheck(server.port, { url, only: '5.5.1' })));
      for (const { end, outcomes } of results) {
        expect(end).toBe('all');
        expect(outcomes['passed'] ?? 0).toBe(0);
      }
    });
  },
);
