import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { builtSite, LONG_FILE } from './built-site.ts';
import { expectHarm, startServer } from './harm.ts';
import { meetAndPart } from './peers/newcomer.ts';
import { ask, askSlowly, askUnread } from './peers/site.ts';

const settingsFor = (limits: object) => ({ site: pathToFileURL(`${builtSite()}/`).href, limits });

test('with 128 descriptors, 60 downloads that nobody reads: WebSockets are opened, and the downloads are ended', async () => {
  const settings = settingsFor({ idleTimeoutMs: 2000, closingTimeoutMs: 500 });
  const server = await startServer({ descriptors: 128, settings });
  await expectHarm(server, { peakMegabytes: 64, lines: 65 }, async () => {
    const unread = Array.from({ length: 60 }, () => askUnread(server.port, 'GET /long.js', 1));
    const hangUp = await Promise.all(unread);
    for (let i = 0; i < 20; i++) expect(await meetAndPart(server.port)).toBe('101');
    // Whoever asks for a file waits for one of theirs to be closed.
    expect(await ask(server.port)).toMatchObject({ status: '200' });
    // Nobody hangs up: the server does.
    await server.untilSockets(1);
    expect(await ask(server.port)).toMatchObject({ status: '200' });
    for (const end of hangUp) end();
  });
  expect(server.lines.join('\n')).toMatch(/: ended, because it read nothing of a response for 500 ms$/m);
});

test('a download that is read slowly, but is read, comes to its end', async () => {
  const server = await startServer({ settings: settingsFor({ idleTimeoutMs: 1000, closingTimeoutMs: 500 }) });
  await expectHarm(server, { peakMegabytes: 64, lines: 0 }, async () => {
    const start = performance.now();
    const byteLength = await askSlowly(server.port, '/long.js', LONG_FILE / 30, 100);
    expect(byteLength).toBeGreaterThan(LONG_FILE);
    expect(performance.now() - start).toBeGreaterThan(2000);
  });
});
