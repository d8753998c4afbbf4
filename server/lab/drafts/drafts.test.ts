import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asRfc6455, hixie75Request, hixie76Request, hybi10Request } from '../../../src/drafts/draft-heads.ts';
import { EXAMPLE_CHALLENGE } from '../../../src/drafts/hixie-challenge.ts';
import { encodeHixieText, HIXIE_CLOSE } from '../../../src/drafts/hixie-frames.ts';
import { formatRequestHead, type RequestHead } from '../../../src/protocol/index.ts';
import { encodeText } from '../../../src/text/utf8.ts';
import type { CompanionOptions } from '../../server.ts';
import { startCompanion } from '../../testing/companion.ts';
import { KEY, masked, maskedText, RawPeer } from '../../testing/raw-peer.ts';

const ASKED = { host: 'localhost', target: '/lab/drafts', origin: 'http://localhost' };
const { key1, key2, body } = EXAMPLE_CHALLENGE;
const HIXIE_75 = formatRequestHead(hixie75Request(ASKED));
const HIXIE_76 = Buffer.concat([formatRequestHead(hixie76Request(ASKED, key1, key2)), body]);
const HYBI_10 = formatRequestHead(hybi10Request(ASKED, KEY));
const HEAD_76 = [
  'HTTP/1.1 101 WebSocket Protocol Handshake',
  'Upgrade: WebSocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Origin: http://localhost',
  'Sec-WebSocket-Location: ws://localhost/lab/drafts',
  '',
  '',
].join('\r\n');
const ANSWER_76 = `${HEAD_76}8jKS'y:G*Co,Wxa-`;
const hixie = (text: string) => encodeHixieText(encodeText(text));

const start = (options: CompanionOptions = {}) => startCompanion({ labDrafts: true, ...options });

/** Everything that the server answers before it ends. */
async function answerTo(port: number, ...pieces: (string | Uint8Array)[]): Promise<string> {
  const peer = await RawPeer.connect(port);
  peer.send(...pieces);
  await peer.end();
  return peer.received.toString('latin1');
}

/** Waits until as many bytes have come after the head of a response. */
const arrived = (peer: RawPeer, text: string) => peer.until(() => peer.received.length >= text.length);

describe('hixie-76', () => {
  test('the example of the draft is answered, its text comes back, and the close is answered', async () => {
    const { port } = await start();
    expect(await answerTo(port, HIXIE_76, hixie('Hello'), hixie(''), HIXIE_CLOSE)).toBe(
      `${ANSWER_76}\x00Hello\xff\x00\xff\xff\x00`,
    );
  });

  test('in single bytes, too', async () => {
    const { port } = await start();
    const peer = await RawPeer.connect(port);
    peer.socket.setNoDelay(true);
    for (const byte of Buffer.concat([HIXIE_76, hixie('Hé'), HIXIE_CLOSE])) {
      await new Promise<void>((done) => peer.socket.write(Uint8Array.of(byte), () => done()));
    }
    await peer.end();
    expect(peer.received.toString('latin1')).toBe(`${ANSWER_76}\x00H\xc3\xa9\xff\xff\x00`);
  });

  test('the answer waits for the last byte of the challenge', async () => {
    const { port } = await start();
    const peer = await RawPeer.connect(port);
    peer.send(HIXIE_76.subarray(0, -1));
    // The server has read the request once it counts the connection.
    const other = await RawPeer.connect(port);
    other.send(HIXIE_76);
    await arrived(other, ANSWER_76);
    expect(peer.received).toHaveLength(0);
    peer.send(HIXIE_76.subarray(-1));
    await arrived(peer, ANSWER_76);
    expect(peer.received.toString('latin1')).toBe(ANSWER_76);
    other.socket.destroy();
    peer.socket.destroy();
  });

  test('a challenge that never comes ends the connection', async () => {
    const { port } = await start({ limits: { handshakeTimeoutMs: 100, closingTimeoutMs: 100 } });
    expect(await answerTo(port, HIXIE_76.subarray(0, -1))).toBe('');
  });

  test.each([
    ['no space', '12345', 'Sec-WebSocket-Key1: The key has no space'],
    ['no digit', 'a b c', 'Sec-WebSocket-Key1: The key has no digit'],
    ['no multiple', '1 2 3', 'Sec-WebSocket-Key1: 123 is not a multiple of 2'],
  ])('a key with %s gets no answer, and a line in the log says why', async (_, key, line) => {
    const { port, lines } = await start();
    const request = formatRequestHead(hixie76Request(ASKED, key, key2));
    expect(await answerTo(port, request, body)).toBe('');
    expect(lines.join('\n')).toContain(line);
  });

  test('another body gets another answer', async () => {
    const { port } = await start();
    const answer = await answerTo(port, HIXIE_76.subarray(0, -8), 'Tm[K T2u', HIXIE_CLOSE);
    expect(answer.slice(0, HEAD_76.length)).toBe(HEAD_76);
    expect(answer).toHaveLength(ANSWER_76.length + 2);
    expect(answer).not.toContain("8jKS'y:G*Co,Wxa-");
  });

  test('a text that is not UTF-8, or too long, closes the connection', async () => {
    const { port, lines } = await start({ limits: { maxMessageBytes: 10 } });
    expect(await answerTo(port, HIXIE_76, hixie('0123456789'), Uint8Array.of(0, 0xc3, 0xff), hixie('no'))).toBe(
      `${ANSWER_76}\x000123456789\xff\xff\x00`,
    );
    expect(await answerTo(port, HIXIE_76, hixie('0123456789a'))).toBe(`${ANSWER_76}\xff\x00`);
    expect(lines.map((line) => line.replace(/^#\d+ \S+ /, ''))).toEqual([
      'hixie-76: ended: a text is not UTF-8',
      'hixie-76: ended: a text is longer than 10 bytes',
    ]);
  });

  test('a silent client is closed after the idle timeout', async () => {
    const { port } = await start({ limits: { idleTimeoutMs: 100, closingTimeoutMs: 100 } });
    expect(await answerTo(port, HIXIE_76)).toBe(`${ANSWER_76}\xff\x00`);
  });

  test('the server closes with the handshake of the draft when it stops, and waits for the answer', async () => {
    const companion = await start();
    const peer = await RawPeer.connect(companion.port);
    peer.send(HIXIE_76);
    await arrived(peer, ANSWER_76);
    expect(companion.connections).toBe(1);
    const closed = companion.close();
    await arrived(peer, `${ANSWER_76}..`);
    // A text that crosses the close is read, and not answered.
    peer.send(hixie('late'), HIXIE_CLOSE);
    await peer.end();
    await closed;
    expect(peer.received.toString('latin1')).toBe(`${ANSWER_76}\xff\x00`);
    expect(companion.connections).toBe(0);
  });

  test('a client that does not read stops the reading of what it sends', async () => {
    const { port } = await start({ limits: { maxUnsentBytes: 64 * 1024 } });
    const peer = await RawPeer.connect(port);
    peer.send(HIXIE_76);
    await arrived(peer, ANSWER_76);
    peer.socket.pause();
    const text = hixie('x'.repeat(64 * 1024));
    let sent = 0;
    // Bounded: the buffers of two sockets are a few megabytes.
    while (peer.socket.write(text) && sent < 1000) sent++;
    for (; sent < 1000 && peer.socket.writableLength < 8 * 1024 * 1024; sent++) peer.socket.write(text);
    expect(peer.socket.writableLength).toBeGreaterThan(1024 * 1024);
    peer.socket.resume();
    await once(peer.socket, 'drain');
    peer.socket.destroy();
  });
});

describe('hixie-75', () => {
  test('is answered, echoes, and ends with TCP', async () => {
    const { port } = await start();
    const peer = await RawPeer.connect(port);
    peer.send(HIXIE_75, hixie('Hello'), HIXIE_CLOSE, hixie('again'));
    const expected = `${[
      'HTTP/1.1 101 Web Socket Protocol Handshake',
      'Upgrade: WebSocket',
      'Connection: Upgrade',
      'WebSocket-Origin: http://localhost',
      'WebSocket-Location: ws://localhost/lab/drafts',
      '',
      '',
    ].join('\r\n')}\x00Hello\xff\x00again\xff`;
    await arrived(peer, expected);
    peer.socket.end();
    await peer.end();
    expect(peer.received.toString('latin1')).toBe(expected);
  });
});

describe('HyBi-10', () => {
  test('opens with its version, and everything after the handshake is as in RFC 6455', async () => {
    const { port } = await start();
    const peer = await RawPeer.connect(port);
    peer.send(HYBI_10, maskedText('Hello'));
    expect((await peer.head()).split('\r\n')).toEqual([
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
      '',
      '',
    ]);
    expect((await peer.frame()).payload.toString()).toBe('Hello');
    peer.send(masked({ opcode: 8, payload: Uint8Array.of(3, 232) }));
    expect(await peer.frame()).toMatchObject({ opcode: 8, payload: Buffer.from([3, 232]) });
    await peer.end();
  });

  test('at /echo its version is refused, as it always was', async () => {
    const { port } = await start();
    const answer = await answerTo(port, formatRequestHead(hybi10Request({ ...ASKED, target: '/echo' }, KEY)));
    expect(answer).toMatch(/^HTTP\/1\.1 426 .*Sec-WebSocket-Version: 13\r\n/s);
  });

  test('a client of RFC 6455 may use the path, too', async () => {
    const { port } = await start();
    const peer = await RawPeer.open(port, '/lab/drafts');
    peer.send(maskedText('now'));
    expect((await peer.frame()).payload.toString()).toBe('now');
    peer.socket.destroy();
  });
});

describe('who may connect', () => {
  const foreign = { ...ASKED, origin: 'http://example.com' };
  const rebound = { ...ASKED, host: 'evil.example', origin: 'http://evil.example' };
  const requests = (asked: typeof ASKED): readonly [string, Uint8Array][] => [
    ['hixie-75', formatRequestHead(hixie75Request(asked))],
    ['hixie-76', Buffer.concat([formatRequestHead(hixie76Request(asked, key1, key2)), body])],
    ['HyBi-10', formatRequestHead(hybi10Request(asked, KEY))],
  ];

  test.each([...requests(foreign), ...requests(rebound)])('%s from a foreign page: 403', async (_, request) => {
    const { port } = await start();
    expect(await answerTo(port, request)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test.each(requests(ASKED))('%s without the option: no such path', async (_, request) => {
    const { port } = await startCompanion();
    expect(await answerTo(port, request)).toMatch(/^HTTP\/1\.1 404 /);
  });

  test.each(requests(ASKED))('%s where other machines can reach the server: 403', async (_, request) => {
    const { port } = await start({ host: '0.0.0.0' });
    expect(await answerTo(port, request)).toMatch(/^HTTP\/1\.1 403 /);
  });

  test.each(requests(ASKED))('%s beyond the limit of connections: 503', async (_, request) => {
    const { port } = await start({ limits: { maxConnections: 1 } });
    const first = await RawPeer.connect(port);
    first.send(HIXIE_76);
    await arrived(first, ANSWER_76);
    expect(await answerTo(port, request)).toMatch(/^HTTP\/1\.1 503 /);
    first.socket.destroy();
  });

  test('two Hosts, or a broken Origin, are refused before anything opens', async () => {
    const { port } = await start();
    const twice = (head: RequestHead) => ({
      ...head,
      headers: [...head.headers, { name: 'Host', value: 'localhost' }],
    });
    expect(await answerTo(port, formatRequestHead(twice(hixie75Request(ASKED))))).toMatch(/^HTTP\/1\.1 400 /);
    const bad = formatRequestHead(hixie75Request({ ...ASKED, origin: 'http://localhost/path' }));
    expect(await answerTo(port, bad)).toMatch(/^HTTP\/1\.1 403 /);
  });
});

test('whatever a client of a draft sends, the server lives, and answers the next one', async () => {
  const companion = await start({ limits: { maxMessageBytes: 64, closingTimeoutMs: 50, handshakeTimeoutMs: 100 } });
  const { port, lines } = companion;
  const openings: readonly Uint8Array[] = [HIXIE_75, HIXIE_76, HYBI_10, HIXIE_76.subarray(0, -8), new Uint8Array(0)];
  const telling = fc.constantFrom(0, 0xff, 0x80, 0x81, 0x88, 0x41, 0xc3);
  const bytes = fc.array(fc.oneof(telling, fc.nat(255)), { maxLength: 120 }).map((list) => Uint8Array.from(list));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...openings), fc.array(bytes, { maxLength: 4 }), async (opening, pieces) => {
      const peer = await RawPeer.connect(port);
      peer.send(opening);
      for (const piece of pieces) {
        if (peer.socket.writable) await new Promise<void>((done) => peer.socket.write(piece, () => done()));
      }
      peer.socket.end();
      if (!peer.ended && !peer.socket.destroyed)
        await Promise.race([once(peer.socket, 'end'), once(peer.socket, 'close')]);
      peer.socket.destroy();
    }),
    { numRuns: 150 },
  );
  expect(lines.filter((line) => line.includes('mistake'))).toEqual([]);
  expect(await answerTo(port, HIXIE_76, HIXIE_CLOSE)).toBe(`${ANSWER_76}\xff\x00`);
});

test('a request of a draft that is rewritten keeps its other headers', () => {
  const head = hybi10Request(ASKED, KEY);
  expect(asRfc6455(head, 'hybi-10').headers.map(({ name }) => name)).toEqual([
    ...['Host', 'Upgrade', 'Connection', 'Sec-WebSocket-Key', 'Origin', 'Sec-WebSocket-Version'],
  ]);
});
