import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { masked, RawPeer } from '../../server/testing/raw-peer.ts';
import type { WireMessage } from '../../src/inspector/index.ts';
import { builtSite, LONG_FILE } from './built-site.ts';
import { startServer } from './harm.ts';
import { LoadedClient } from './peers/loaded-client.ts';
import { stalled } from './peers/not-reading.ts';

const TOKEN = 'shutdown-under-load';
const [TEXT, BINARY, CLOSE] = [1, 2, 8];

/** Counts, on the wire, the messages that the server has read from the connections with the token. */
class Accepted {
  count = 0;

  static async watch(port: number): Promise<Accepted> {
    const peer = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
    onTestFinished(() => void peer.socket.destroy());
    const accepted = new Accepted();
    void accepted.#follow(peer);
    return accepted;
  }

  async #follow(peer: RawPeer): Promise<void> {
    let frame = await peer.frame();
    for (; frame.opcode === TEXT; frame = await peer.frame()) {
      const message = JSON.parse(frame.payload.toString()) as WireMessage;
      const isMessage = message.type === 'frame' && message.opcode === BINARY;
      if (isMessage && message.direction === 'in') this.count++;
    }
    peer.send(masked({ opcode: CLOSE, payload: frame.payload.subarray(0, 2) }));
    await peer.end();
  }
}

test('SIGTERM under load: every client gets 1001, and back what was accepted from it before', async () => {
  const server = await startServer();
  const { port } = server;
  const accepted = await Accepted.watch(port);
  const watched = `/echo?watch=${TOKEN}`;
  // One is slow: of its messages some stand in the server's memory when the signal comes.
  const slow = new LoadedClient(port, { path: watched, payloadLength: 256 * 1024, inFlight: 60 });
  await new Promise((resolve) => slow.socket.once('data', resolve));
  slow.socket.pause();
  const busy = Array.from({ length: 20 }, (_, i) => {
    return new LoadedClient(port, { path: '/echo', payloadLength: 32 << (i % 10), inFlight: 16 });
  });
  await stalled(slow.socket);
  await Promise.all(busy.map((client) => client.untilEchoed(100)));
  const acceptedBefore = accepted.count;
  expect(acceptedBefore).toBeGreaterThan(4);

  server.signal('SIGTERM');
  slow.socket.resume();
  const ends = await Promise.all(busy.map(({ end }) => end));
  const slowEnd = await slow.end;
  expect(await server.ended()).toBe(0);

  const echoed = ends.reduce((sum, end) => sum + end.echoed, 0);
  console.log(
    `${echoed} messages echoed to 20 clients; the slow one got ${slowEnd.echoed}, ${acceptedBefore} were accepted`,
  );
  for (const { closeCode, wrong } of [...ends, slowEnd])
    expect({ closeCode, wrong }).toEqual({ closeCode: 1001, wrong: 0 });
  expect(slowEnd.echoed).toBeGreaterThanOrEqual(acceptedBefore);
  expect(server.lines).toEqual([]);
});

test('SIGTERM waits for nobody who asks for nothing, and for a file that is being sent', async () => {
  const site = pathToFileURL(`${builtSite()}/`).href;
  // Whoever is waited for in vain makes this test fail.
  const server = await startServer({ settings: { site, limits: { closingTimeoutMs: 600_000 } } });
  const silent = await Promise.all(Array.from({ length: 50 }, () => RawPeer.connect(server.port)));
  const answered = await RawPeer.connect(server.port);
  answered.send('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await answered.head();
  const reader = await RawPeer.connect(server.port);
  reader.send('GET /long.js HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const head = await reader.head();
  reader.socket.pause();

  server.signal('SIGTERM');
  await Promise.all([...silent, answered].map((peer) => peer.end()));
  reader.socket.resume();
  await reader.end();
  expect(reader.received.length).toBe(head.length + LONG_FILE);
  expect(await server.ended()).toBe(0);
});
