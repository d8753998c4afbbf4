import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { countCopiedBytes, cutEverywhere } from '../../tests/bytes.ts';
import { bytesOfHex } from '../bytes/hex.ts';
import { joinBytes } from '../bytes/join-bytes.ts';
import { encodeFrame } from '../protocol/framing/frame.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { computeAccept } from '../protocol/handshake/accept/accept-key.ts';
import { EXAMPLE_KEY, joinLines } from '../protocol/handshake/head/example-heads.ts';
import { encodeText } from '../text/utf8.ts';
import { openingRequest } from './opening-request.ts';
import { keptBytesOf, TranscriptWriter } from './transcript-writer.ts';

const HEAD = encodeText(
  joinLines(
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${computeAccept(EXAMPLE_KEY)}`,
  ),
);
const frame = (opcode: number, payload: string, fin = true) =>
  encodeFrame({ fin, opcode, payload: encodeText(payload) });

function write(...chunks: Uint8Array[]): TranscriptWriter {
  const writer = new TranscriptWriter(openingRequest());
  for (const chunk of chunks) writer.push(new Uint8Array(chunk), 0);
  return writer;
}

describe('TranscriptWriter', () => {
  const stream = joinBytes([
    HEAD,
    frame(OPCODE.text, 'Hel', false),
    frame(OPCODE.pong, 'here'),
    frame(OPCODE.continuation, 'lo'),
    bytesOfHex('880203e8'),
  ]);

  test('writes the same down wherever TCP has cut the bytes', () => {
    const whole = write(stream).transcript;
    expect(whole.received.map(({ opcode }) => opcode)).toEqual([OPCODE.pong, OPCODE.text]);
    expect(whole.close).toMatchObject({ closeCode: 1000, receivedBefore: 2 });
    fc.assert(
      fc.property(fc.nat(stream.length), fc.nat(stream.length), (one, other) => {
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        const cut = write(stream.subarray(0, first), stream.subarray(first, second), stream.subarray(second));
        expect(cut.transcript).toEqual(whole);
      }),
    );
  });

  test('the first close frame counts: Netty sends one with the reason, and then another with 1000', () => {
    const writer = write(HEAD, bytesOfHex('880203ea'), bytesOfHex('880503e8427965'));
    expect(writer.transcript.close).toMatchObject({ closeCode: 1002, reason: '' });
  });

  test('notes what a step is answered with', () => {
    const writer = write(HEAD);
    writer.startStep(3);
    writer.push(frame(OPCODE.text, 'Hello'), 12);
    writer.end(15, false);
    expect(writer.transcript.received[0]).toMatchObject({ step: 3, timeMs: 12 });
    expect(writer.transcript.end).toEqual({ step: 3, timeMs: 15, reset: false });
  });

  test('finds the rule that the server breaks', () => {
    expect(write(HEAD, bytesOfHex('818100000000ff')).transcript.frameFault?.rule).toBe('masked-server-frame');
    expect(write(HEAD, bytesOfHex('8101ff')).transcript.frameFault?.rule).toBe('text-not-utf8');
    expect(write(HEAD, bytesOfHex('880203ed')).transcript.frameFault?.rule).toBe('close-code-1005');
  });

  test('receives no close frame whose body breaks a rule, and reads nothing after it', () => {
    const writer = write(HEAD, joinBytes([bytesOfHex('880203ed'), frame(OPCODE.text, 'after')]));
    expect(writer.transcript.close).toBeUndefined();
    expect(writer.receivedCount).toBe(0);
  });

  test('takes work in proportion to the length of a head that comes byte by byte', () => {
    const head = joinBytes([HEAD.subarray(0, -2), encodeText(`X-Long: ${'x'.repeat(4000)}\r\n\r\n`)]);
    const indexOf = vi.spyOn(Uint8Array.prototype, 'indexOf');
    try {
      const copied = countCopiedBytes(() => {
        expect(write(...cutEverywhere(head)).opened).toBe(true);
      });
      // Its first 1,024 bytes are kept by themselves, too.
      expect(copied).toBeLessThan(6 * head.length + 1024 * 1024);
      const searched = indexOf.mock.contexts.reduce((sum: number, bytes, i) => {
        return sum + (bytes as Uint8Array).length - (indexOf.mock.calls[i]?.[1] ?? 0);
      }, 0);
      expect(searched).toBeLessThan(2 * head.length);
    } finally {
      indexOf.mockRestore();
    }
  });

  test('keeps the first bytes as they came, and counts all', () => {
    const { firstBytes, byteLength } = write(
      HEAD,
      encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(5000) }),
    ).transcript;
    expect(byteLength).toBe(HEAD.length + 4 + 5000);
    expect(firstBytes.length).toBe(1024);
    expect(firstBytes.subarray(0, HEAD.length)).toEqual(HEAD);
  });

  test('hands over the pings, which have to be answered', () => {
    const writer = write(HEAD);
    expect(writer.push(frame(OPCODE.ping, 'you?'), 0)).toEqual([encodeText('you?')]);
    expect(writer.receivedCount).toBe(0);
  });

  test('objects to a wrong accept', () => {
    const wrong = encodeText('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    expect(write(wrong).opened).toBe(false);
    expect(write(wrong).transcript.responseFault).toContain('no Sec-WebSocket-Accept');
  });

  test.each([
    ['empty messages', frame(OPCODE.text, '')],
    ['pings', frame(OPCODE.ping, '')],
    ['pongs', frame(OPCODE.pong, 'x'.repeat(125))],
    ['messages', frame(OPCODE.text, 'x'.repeat(100_000))],
  ])('reads no more %s than it may keep', (_, flood) => {
    const writer = new TranscriptWriter(openingRequest(), 100_000);
    writer.push(new Uint8Array(HEAD), 0);
    let pings = 0;
    for (let nth = 0; nth < 1000; nth++) pings += writer.push(new Uint8Array(flood), 0).length;
    expect(writer.full).toBe(true);
    expect(writer.receivedCount + pings).toBeLessThan(400);
    expect(writer.transcript.byteLength).toBe(HEAD.length + 1000 * flood.length);
  });

  test('reads no more frames than may have come', () => {
    const writer = write(HEAD, frame(OPCODE.text, '', false));
    const flood = joinBytes(Array.from({ length: 1000 }, () => frame(OPCODE.continuation, '', false)));
    writer.push(flood, 0, 500);
    expect(writer.full).toBe(true);
    const { frameCount } = writer;
    expect(frameCount).toBeGreaterThan(500);
    writer.push(flood.slice(), 0, 500);
    expect(writer.frameCount).toBe(frameCount);
  });

  test('may keep what has to come', () => {
    const item = { opcode: OPCODE.text, payload: { text: 'Hello' }, times: 1000 };
    const writer = new TranscriptWriter(openingRequest(), keptBytesOf({ received: [item] }));
    writer.push(new Uint8Array(HEAD), 0);
    for (let nth = 0; nth < 1000; nth++) writer.push(frame(OPCODE.text, 'Hello'), 0);
    expect(writer.full).toBe(false);
    expect(writer.receivedCount).toBe(1000);
    expect(writer.frameCount).toBe(1000);
    writer.push(frame(OPCODE.text, 'Hello'), 0);
    expect(writer.full).toBe(true);
  });
});
