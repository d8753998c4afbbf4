import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { startCompanion } from './testing/companion.ts';
import { makeHostileSite } from './testing/hostile-site.ts';
import { RawPeer, requestFor } from './testing/raw-peer.ts';

const TARGETS = ['/echo', '/broadcast', '/dump', '/tap', '/lab/act', '/lab/raw', '/lab/check', '/', '/healthz', '*'];

/** Bytes put in the place of others: somewhere in a request that keeps the rules. */
const edit = fc.record({
  at: fc.nat(),
  removed: fc.nat({ max: 12 }),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc
      .constantFrom('\r\n', '\n', '\r', ' ', '\t', ':', ',', '\0', '\r\n ', 'GET ', 'websocket', '\r\n\r\n')
      .map(latin1),
  ),
});

const brokenRequest = fc.tuple(fc.constantFrom(...TARGETS), fc.array(edit, { maxLength: 4 })).map(([target, edits]) => {
  let bytes = latin1(requestFor(target));
  for (const { at, removed, put } of edits) {
    const start = at % bytes.length;
    bytes = Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + removed)]);
  }
  return bytes;
});

const anyHead = fc.oneof(
  { weight: 4, arbitrary: brokenRequest },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
);

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** What no opening handshake is without: looked for as plainly as can be. RFC 6455 §4.2.1. */
const NEEDED = [
  // Node's parser takes more white space than one space, and line ends before it: RFC 9112 §2.2 and §3 let it.
  /^[\r\n]*GET[ \t]+\S+[ \t]+HTTP\/1\.1\r\n/,
  /^host:/im,
  /^upgrade:.*websocket/im,
  /^connection:.*upgrade/im,
  /^sec-websocket-key:[ \t]*[A-Za-z0-9+/]{22}==[ \t]*\r$/im,
  /^sec-websocket-version:[ \t]*13[ \t]*\r$/im,
];

/** Ends whatever head or message has begun, so that no request waits for more: no method begins like this. */
const END = latin1('\r\n\r\n\0');

test('whatever the bytes of a request are, the server answers, opens nothing unrequested, and survives', async () => {
  const { port, lines } = await startCompanion();
  let opened = 0;
  await fc.assert(
    fc.asyncProperty(anyHead, fc.nat(), async (bytes, cut) => {
      lines.length = 0;
      const sent = Buffer.concat([bytes, END]);
      const peer = await RawPeer.connect(port);
      // In two reads: the parser may be in the middle of anything.
      peer.send(sent.subarray(0, cut % sent.length));
      peer.send(sent.subarray(cut % sent.length));
      await peer.end();
      const answer = peer.received.toString('latin1');
      expect(answer).toMatch(/^HTTP\/1\.1 [1-5]\d{2} /);
      if (/^HTTP\/1\.1 101 /.test(answer)) {
        opened++;
        for (const needed of NEEDED) expect(sent.toString('latin1')).toMatch(needed);
      }
      expect(lines.length).toBeLessThan(4);
    }),
    { numRuns: 400 },
  );
  // The rest would be worth little if every request were broken past use.
  expect(opened).toBeGreaterThan(0);
  const peer = await RawPeer.open(port, '/echo');
  expect(peer.received.toString()).toContain(' 101 ');
  peer.socket.destroy();
});

test('bytes that are not a request get their answer after that to the earlier request', async () => {
  const site = makeHostileSite();
  onTestFinished(site.remove);
  const { port } = await startCompanion({ site: site.url });
  const peer = await RawPeer.connect(port);
  peer.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', END);
  await peer.end();
  const statuses = [...peer.received.toString().matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status);
  expect(statuses).toEqual(['200', '400']);
  expect(peer.received.toString()).toContain('<h1>home</h1>HTTP/1.1 400 ');
});
