import { describe, expect, test } from 'vitest';
import type { WireChunk, WireFrame, WireHandshake, WireMessage } from '../../src/inspector/index.ts';
import { MAX_DUMPED_FRAGMENTS } from '../handlers/dump.ts';
import { startCompanion } from '../testing/companion.ts';
import { masked, maskedText, RawPeer, requestFor } from '../testing/raw-peer.ts';

const TOKEN = 'a_token-of-16-ch';
const hex = (...pieces: (string | Uint8Array)[]) =>
  Buffer.concat(pieces.map((piece) => Buffer.from(piece as Uint8Array))).toString('hex');

/** What a tap says up to a connection's close. */
async function untilClose(tap: RawPeer): Promise<WireMessage[]> {
  const messages: WireMessage[] = [];
  do messages.push(await tap.json<WireMessage>());
  while (messages.at(-1)?.type !== 'close');
  return messages;
}

const framesIn = (messages: WireMessage[], direction: 'in' | 'out') =>
  messages.filter((message): message is WireFrame => message.type === 'frame' && message.direction === direction);

const ofType = <T extends WireMessage['type']>(messages: WireMessage[], type: T) =>
  messages.filter((message): message is Extract<WireMessage, { type: T }> => message.type === type);

describe('a tap', () => {
  test('shows the bytes of a connection as they were on the wire, in order', async () => {
    const { port } = await startCompanion();
    const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
    const request = requestFor(`/echo?watch=${TOKEN}`)
      .replace('Host:', 'hOST:  ')
      .replace('Upgrade: websocket', 'UPGRADE:websocket');
    const peer = await RawPeer.connect(port);
    peer.send(request.slice(0, 30));
    // The server has the first piece when it has answered somebody who came later.
    (await RawPeer.open(port, '/echo')).socket.destroy();
    peer.send(request.slice(30));
    const response = await peer.head();
    const hello = maskedText('Hello');
    peer.send(hello);
    await peer.frame();
    const close = masked({ opcode: 8, payload: new Uint8Array([0x03, 0xe8]) });
    peer.send(close);
    await peer.end();

    const messages = await untilClose(tap);
    expect(messages.map((message) => [message.type, 'direction' in message && message.direction])).toEqual([
      ['open', false],
      ['chunk', 'in'],
      ['chunk', 'in'],
      ['handshake', 'in'],
      ['chunk', 'out'],
      ['handshake', 'out'],
      ['chunk', 'in'],
      ['frame', 'in'],
      ['chunk', 'out'],
      ['frame', 'out'],
      ['chunk', 'in'],
      ['frame', 'in'],
      ['chunk', 'out'],
      ['frame', 'out'],
      ['close', false],
    ]);
    expect(messages[0]).toMatchObject({ schema: 2, path: '/echo', timeMs: 0 });
    const [sent, answered] = ofType(messages, 'handshake') as [WireHandshake, WireHandshake];
    expect(sent).toMatchObject({ offset: 0, byteLength: request.length, hex: hex(request) });
    expect(answered.hex).toBe(hex(response));
    const chunks = ofType(messages, 'chunk').filter(({ direction }) => direction === 'in') as WireChunk[];
    expect(chunks.map(({ offset, byteLength }) => [offset, byteLength])).toEqual([
      [0, 30],
      [30, request.length - 30],
      [request.length, hello.length],
      [request.length + hello.length, close.length],
    ]);
    expect(framesIn(messages, 'in').map((frame) => frame.hex)).toEqual([hex(hello), hex(close)]);
    expect(framesIn(messages, 'in')[0]?.payload).toEqual({ hex: hex('Hello'), text: 'Hello' });
    expect(messages.at(-1)).toMatchObject({ closeCode: 1000, clean: true });
    const times = messages.map((message) => ('timeMs' in message ? message.timeMs : 0));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    tap.socket.destroy();
  });

  test('shows bytes that came after the request in the same read', async () => {
    const { port } = await startCompanion();
    const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
    const peer = await RawPeer.connect(port);
    const hello = maskedText('Hello');
    peer.send(requestFor(`/echo?watch=${TOKEN}`), hello);
    await peer.head();
    expect((await peer.frame()).payload.toString()).toBe('Hello');
    peer.socket.destroy();
    const messages = await untilClose(tap);
    expect(framesIn(messages, 'in').map((frame) => frame.hex)).toEqual([hex(hello)]);
    tap.socket.destroy();
  });

  test('shows only the last request on a connection', async () => {
    const { port } = await startCompanion();
    const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
    const peer = await RawPeer.connect(port);
    const request = requestFor(`/echo?watch=${TOKEN}`);
    peer.send('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await peer.head();
    peer.send('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n', request);
    await peer.until(() => peer.received.includes(' 101 '));
    peer.socket.destroy();
    const messages = await untilClose(tap);
    const [sent] = ofType(messages, 'handshake');
    expect(sent?.hex).toBe(hex(request));
    expect(ofType(messages, 'chunk')[0]).toMatchObject({ offset: 0, byteLength: request.length });
    tap.socket.destroy();
  });

  test('shows fragments, a ping between them, and a violation before the close frame that answers it', async () => {
    const { port } = await startCompanion();
    const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
    const peer = await RawPeer.open(port, `/echo?watch=${TOKEN}`);
    const text = (part: string) => new TextEncoder().encode(part);
    peer.send(
      masked({ fin: false, opcode: 1, payload: text('Hel') }),
      masked({ opcode: 9, payload: text('?') }),
      masked({ opcode: 0, payload: text('lo') }),
      masked({ opcode: 1, rsv1: true, payload: text('no') }),
    );
    await peer.end();
    const messages = await untilClose(tap);
    const frames = ofType(messages, 'frame').map((frame) => [
      frame.direction,
      frame.opcode,
      frame.violations.map(({ rule }) => rule),
    ]);
    expect(frames).toEqual([
      ['in', 1, []],
      ['in', 9, []],
      ['in', 0, []],
      ['in', 1, ['rsv1-set']],
      ['out', 10, []],
      ['out', 1, []],
      ['out', 8, []],
    ]);
    expect(messages.at(-1)).toMatchObject({ closeCode: 1006, clean: false });
    tap.socket.destroy();
  });

  test('shows a refusal, whether it went out through HTTP or the socket', async () => {
    const { port } = await startCompanion();
    const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
    const requests = [
      `GET /echo?watch=${TOKEN} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      requestFor(`/echo?watch=${TOKEN}`).replace(': 13', ': 8'),
      requestFor(`/echo?watch=${TOKEN}`, ['Origin: https://example.com']),
    ];
    for (const request of requests) {
      const peer = await RawPeer.connect(port);
      peer.send(request);
      await peer.end();
      const messages = await untilClose(tap);
      const [sent, answered] = ofType(messages, 'handshake');
      expect(sent?.hex).toBe(hex(request));
      const out = ofType(messages, 'chunk').find(({ direction }) => direction === 'out');
      expect(out?.byteLength).toBe(peer.received.length);
      expect(hex(peer.received)).toContain(answered?.hex);
      expect(messages.at(-1)).toMatchObject({ closeCode: 1006, clean: false });
    }
    tap.socket.destroy();
  });

  test('that comes after the connection has ended sees all of it', async () => {
    const { port, connections } = await startCompanion();
    expect(connections).toBe(0);
    const peer = await RawPeer.open(port, `/echo?watch=${TOKEN}`);
    peer.send(maskedText('Hello'), masked({ opcode: 8, payload: new Uint8Array(0) }));
    await peer.end();
    const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
    const messages = await untilClose(tap);
    expect(messages[0]?.type).toBe('open');
    expect(framesIn(messages, 'out').map((frame) => frame.hex)).toEqual(['810548656c6c6f', '8800']);
    tap.socket.destroy();
  });

  test('without a token shows all connections but taps', async () => {
    const { port } = await startCompanion();
    const tap = await RawPeer.open(port, '/tap');
    const other = await RawPeer.open(port, '/tap');
    const peer = await RawPeer.open(port, '/broadcast');
    peer.socket.destroy();
    const messages = await untilClose(tap);
    expect(new Set(messages.map(({ connection }) => connection)).size).toBe(1);
    expect(messages[0]).toMatchObject({ type: 'open', path: '/broadcast' });
    other.socket.destroy();
    tap.socket.destroy();
  });

  test('is refused to a foreign origin and to another name', async () => {
    const { port } = await startCompanion();
    const named = requestFor(`/tap?watch=${TOKEN}`).replace('Host: localhost', 'Host: evil.example');
    const foreign = requestFor(`/tap?watch=${TOKEN}`, ['Origin: http://localhost.evil.example']);
    const neighbor = requestFor(`/tap?watch=${TOKEN}`, ['Origin: http://localhost:3000']);
    for (const request of [named, foreign, neighbor]) {
      const peer = await RawPeer.connect(port);
      peer.send(request);
      await peer.end();
      expect(peer.received.toString()).toMatch(/^HTTP\/1.1 403 /);
    }
  });

  test('judges by the limits of the server, and of the path', async () => {
    const limits = { maxMessageBytes: 4, maxFragments: 4096 };
    const { port } = await startCompanion({ limits });
    const tap = await RawPeer.open(port, '/tap');
    const fives = await RawPeer.open(port, '/echo');
    fives.send(maskedText('fives'));
    await fives.end();
    const [received] = framesIn(await untilClose(tap), 'in');
    expect(received?.violations).toMatchObject([{ rule: 'message-too-long', statusCode: 1009 }]);

    const fragments = await RawPeer.open(port, '/dump');
    const fragment = { fin: false, payload: new Uint8Array(0) };
    fragments.send(masked({ ...fragment, opcode: 1 }));
    for (let i = 0; i < MAX_DUMPED_FRAGMENTS; i++) fragments.send(masked({ ...fragment, opcode: 0 }));
    await fragments.end();
    const last = framesIn(await untilClose(tap), 'in').at(-1);
    expect(last?.violations).toMatchObject([{ rule: 'too-many-fragments' }]);
    tap.socket.destroy();
  });

  test('is not there with taps off, and tokens mean nothing', async () => {
    const { port } = await startCompanion({ taps: false });
    const tap = await RawPeer.connect(port);
    tap.send(requestFor(`/tap?watch=${TOKEN}`));
    await tap.end();
    expect(tap.received.toString()).toMatch(/^HTTP\/1.1 404 /);
    const peer = await RawPeer.open(port, '/echo?watch=x');
    peer.send(maskedText('Hello'));
    expect((await peer.frame()).payload.toString()).toBe('Hello');
    peer.socket.destroy();
  });
});

describe('the ending of a connection', () => {
  const endingOf = async (tap: RawPeer): Promise<WireMessage> => {
    for (;;) {
      const message = JSON.parse((await tap.frame()).payload.toString()) as WireMessage;
      if (message.type === 'ending') return message;
    }
  };

  test('follows its close: who ended it, how, and the cause', async () => {
    const { port } = await startCompanion();
    const tap = await RawPeer.open(port, `/tap?watch=${TOKEN}`);
    const peer = await RawPeer.open(port, `/echo?watch=${TOKEN}`);
    peer.send(masked({ opcode: 8, payload: new Uint8Array([3, 233]) }));
    await peer.end();
    expect(await endingOf(tap)).toMatchObject({
      endedBy: 'client',
      tcp: 'FIN',
      cause: 'page-left',
      closeEvent: { code: 1001, wasClean: true },
    });
    tap.socket.destroy();
  });

  test('a reset is told as one, and so is a client that only ends TCP', async () => {
    const { port } = await startCompanion();
    for (const [end, tcp] of [
      [(peer: RawPeer) => peer.socket.resetAndDestroy(), 'RST'],
      [(peer: RawPeer) => peer.socket.end(), 'FIN'],
    ] as const) {
      const token = `${TOKEN}-${tcp}`;
      const tap = await RawPeer.open(port, `/tap?watch=${token}`);
      const peer = await RawPeer.open(port, `/echo?watch=${token}`);
      end(peer);
      expect(await endingOf(tap)).toMatchObject({ endedBy: 'client', tcp, cause: 'client-ended-tcp' });
      tap.socket.destroy();
      peer.socket.destroy();
    }
  });
});
