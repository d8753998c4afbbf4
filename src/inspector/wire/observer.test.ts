import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryClientFrames, arbitraryFrame, arbitraryServerFrames } from '../../../tests/arbitrary-frames.ts';
import { arbitraryCuts, bytesOf, cutAt, cutEverywhere, hexOf, joined } from '../../../tests/bytes.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE } from '../../protocol/handshake/head/example-heads.ts';
import type { FrameRule } from '../../protocol/rule.ts';
import { FRAME_RULES } from '../../protocol/rules.ts';
import { encodeText } from '../../text/utf8.ts';
import { readDeflateAgreement } from '../formats/read-agreement.ts';
import { describeFrame } from '../frame/describe.ts';
import { MAX_SHOWN_BYTES } from '../frame/frame-dump.ts';
import { isInflated } from './inflated-shape.ts';
import { ConnectionObserver } from './observer.ts';
import type { Direction, WireFrame, WireMessage } from './wire.ts';
import { checkWireMessage } from './wire-shape.ts';

const REQUEST = encodeText(EXAMPLE_REQUEST);
const RESPONSE = encodeText(EXAMPLE_RESPONSE);
const REFUSAL = encodeText('HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\n');
const ABNORMAL = { closeCode: 1006, reason: '', clean: false };

type Step = readonly [Direction, Uint8Array];

const observer = (limits = {}) =>
  new ConnectionObserver({ connection: 7, path: '/echo', remote: '127.0.0.1:50312', limits });

/** Everything that an observer says of a connection, but for the chunks: these follow the cuts. */
function observe(steps: readonly Step[], observed = observer()): WireMessage[] {
  const messages = steps.flatMap(([direction, bytes]) => observed.chunk(direction, bytes, 1));
  return [...observed.open(0), ...messages, ...observed.close(2, ABNORMAL)].filter(({ type }) => type !== 'chunk');
}

const framesOf = (messages: readonly WireMessage[], direction: Direction): WireFrame[] =>
  messages.filter((message) => message.type === 'frame').filter((frame) => frame.direction === direction);

const opened = (...steps: Step[]): Step[] => [['in', REQUEST], ['out', RESPONSE], ...steps];

describe('ConnectionObserver', () => {
  it('tells the same of a conversation however TCP cuts it', () => {
    fc.assert(
      fc.property(
        arbitraryClientFrames,
        arbitraryServerFrames,
        arbitraryCuts,
        arbitraryCuts,
        (sent, answered, a, b) => {
          const [request, response] = [joined(REQUEST, ...sent), joined(RESPONSE, ...answered)];
          const whole = observe([
            ['in', request],
            ['out', response],
          ]);
          const cut = observe([
            ...cutAt(request, a).map((chunk) => ['in', chunk] as const),
            ...cutAt(response, b).map((chunk) => ['out', chunk] as const),
          ]);
          expect(cut).toEqual(whole);
          expect(framesOf(whole, 'in').map(({ hex }) => hex)).toEqual(sent.map(hexOf));
          expect(framesOf(whole, 'out').map(({ hex }) => hex)).toEqual(answered.map(hexOf));
          expect(framesOf(whole, 'in').flatMap(({ violations }) => violations)).toEqual([]);
          expect(framesOf(whole, 'out').flatMap(({ violations }) => violations)).toEqual([]);
        },
      ),
    );
  });

  it('tells of broken frames the same violations at the same places however TCP cuts them', () => {
    const essence = (messages: WireMessage[]) =>
      framesOf(messages, 'in').map(({ offset, byteLength, violations }) => ({ offset, byteLength, violations }));
    fc.assert(
      fc.property(fc.array(arbitraryFrame, { maxLength: 6 }), (frames) => {
        const bytes = joined(...frames);
        const whole = essence(observe(opened(['in', bytes])));
        const single = essence(observe(opened(...cutEverywhere(bytes).map((chunk) => ['in', chunk] as const))));
        expect(single).toEqual(whole);
        expect(whole.map(({ byteLength }) => byteLength)).toEqual(frames.map(({ length }) => length));
      }),
    );
  });

  it('leaves the chunks as they are', () => {
    const chunk = bytesOf('818537fa213d7f9f4d5158');
    observe(opened(['in', chunk]));
    expect(hexOf(chunk)).toBe('818537fa213d7f9f4d5158');
  });

  it('counts every byte of a direction, the head too', () => {
    const observed = observer();
    observed.chunk('in', REQUEST, 0);
    observed.chunk('out', RESPONSE, 0);
    const [chunk, frame] = observed.chunk('in', bytesOf('818537fa213d7f9f4d5158'), 9.8);
    const common = { connection: 7, direction: 'in', timeMs: 9.8, offset: REQUEST.length, byteLength: 11 };
    expect(chunk).toEqual({ type: 'chunk', ...common });
    expect(frame).toMatchObject({ type: 'frame', ...common, payload: { hex: '48656c6c6f', text: 'Hello' } });
  });

  it('opens with the version of its messages', () => {
    expect(observer().open(0)).toEqual([
      { type: 'open', schema: 2, connection: 7, timeMs: 0, path: '/echo', remote: '127.0.0.1:50312' },
    ]);
  });

  it('shows both heads, without what follows them', () => {
    const messages = observe([
      ['in', joined(REQUEST, bytesOf('8180'))],
      ['out', RESPONSE],
    ]);
    expect(messages.filter(({ type }) => type === 'handshake')).toMatchObject([
      { direction: 'in', offset: 0, byteLength: REQUEST.length, hex: hexOf(REQUEST) },
      { direction: 'out', offset: 0, byteLength: RESPONSE.length, hex: hexOf(RESPONSE) },
    ]);
  });

  it('sees no frames where the handshake was refused', () => {
    const frame = bytesOf('818537fa213d7f9f4d5158');
    const messages = observe([
      ['in', joined(REQUEST, frame)],
      ['out', joined(REFUSAL, encodeText('none'))],
      ['in', frame],
    ]);
    expect(messages.map(({ type }) => type)).toEqual(['open', 'handshake', 'handshake', 'close']);
  });

  it('tells nothing apart that was sent too early and too long, and stays in step', () => {
    const early = new Uint8Array(MAX_SHOWN_BYTES + 1).fill(0x81);
    const messages = observe([
      ['in', joined(REQUEST, early)],
      ['out', joined(RESPONSE, bytesOf('8100'))],
    ]);
    expect(framesOf(messages, 'in')).toEqual([]);
    expect(framesOf(messages, 'out').map(({ hex }) => hex)).toEqual(['8100']);
  });

  it('shows what came of a head that never became whole', () => {
    const messages = observe([['in', bytesOf('160301')]]);
    expect(messages[1]).toMatchObject({ type: 'handshake', direction: 'in', byteLength: 3, hex: '160301' });
  });

  it('gives up a head that does not end', () => {
    const endless = new Uint8Array(MAX_SHOWN_BYTES + 10).fill(0x41);
    const messages = observe([
      ['in', endless],
      ['in', endless],
    ]);
    expect(messages.map(({ type }) => type)).toEqual(['open', 'handshake', 'close']);
  });

  it.each<[string, FrameRule]>(FRAME_RULES.map((rule) => [rule.name, rule]))(
    'shows the frame that breaks %s',
    (name, rule) => {
      const { brokenBy, example, limits } = rule;
      const direction = brokenBy === 'server' ? 'out' : 'in';
      const frames = framesOf(observe(opened([direction, bytesOf(example)]), observer(limits)), direction);
      expect(frames.flatMap(({ violations }) => violations.map((violation) => violation.rule))).toEqual([name]);
      expect(frames.at(-1)?.violations).toHaveLength(1);
    },
  );

  it('tells of a broken header before the payload comes, and not again when it is there', () => {
    const observed = observer();
    for (const [direction, bytes] of opened()) observed.chunk(direction, bytes, 0);
    const [, frame, ...rest] = observed.chunk('in', bytesOf('8105'), 1);
    expect(rest).toEqual([]);
    expect(frame).toMatchObject({ byteLength: 7, hex: '8105', truncated: true });
    expect(observed.chunk('in', bytesOf('48656c6c6f'), 2)).toHaveLength(1);
    expect(observed.close(3, ABNORMAL)).toHaveLength(1);
  });

  it('goes on after a violation with what the headers say', () => {
    const frames = framesOf(observe(opened(['in', bytesOf('81036361660183000000006361c38180000000008100')])), 'in');
    expect(frames.map(({ violations }) => violations.map(({ rule }) => rule))).toEqual([
      ['unmasked-client-frame'],
      [],
      [],
      ['unmasked-client-frame'],
    ]);
  });

  it('shows the frame in pieces when the connection ends', () => {
    const [frame] = framesOf(observe(opened(['out', bytesOf('810548656c')])), 'out');
    expect(frame).toMatchObject({ byteLength: 7, hex: '810548656c', truncated: true, payload: { text: 'Hel' } });
    const [cut] = framesOf(observe(opened(['out', bytesOf('81')])), 'out');
    expect(cut && describeFrame(cut)).toBe('text, final, cut within its header after 1 byte');
  });

  it('keeps at most 64 KiB of a long frame, at a cost that follows its length', () => {
    const frame = encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(16 << 20), maskingKey: 1 });
    const chunks = Array.from({ length: Math.ceil(frame.length / 65_536) }, (_, i) =>
      frame.subarray(i * 65_536, (i + 1) * 65_536),
    );
    const [found] = framesOf(observe(opened(...chunks.map((chunk) => ['in', chunk] as const))), 'in');
    expect(found).toMatchObject({ byteLength: frame.length, truncated: true, violations: [] });
    expect(found?.hex.length).toBe(2 * MAX_SHOWN_BYTES);
  });
});

describe('permessage-deflate', () => {
  const agreeing = encodeText(
    EXAMPLE_RESPONSE.replace(/\r\n\r\n$/, '\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n'),
  );
  // RFC 7692 §7.2.3.2: Hello, and Hello again with a match into the first.
  const HELLO = bytesOf('f248cdc9c90700');
  const AGAIN = bytesOf('f200110000');
  const compressed = (payload: Uint8Array, maskingKey?: number) => {
    const frame = encodeFrame({ opcode: OPCODE.text, payload, ...(maskingKey !== undefined && { maskingKey }) });
    frame[0] = (frame[0] as number) | 0x40;
    return frame;
  };
  const client = joined(compressed(HELLO, 0x37fa213d), compressed(AGAIN, 0x01020304));
  const server = joined(compressed(HELLO), bytesOf('8900'), compressed(AGAIN));
  const deflating = () =>
    new ConnectionObserver({ connection: 7, path: '/echo', remote: '', readAgreement: readDeflateAgreement });

  it('tells what came out, with the window kept in each direction, however TCP cuts it', () => {
    const property = fc.property(arbitraryCuts, arbitraryCuts, (a, b) => {
      const messages = observe(
        [
          ['in', REQUEST],
          ['out', agreeing],
          ...cutAt(client, a).map((chunk) => ['in', chunk] as const),
          ...cutAt(server, b).map((chunk) => ['out', chunk] as const),
        ],
        deflating(),
      );
      const frames = [...framesOf(messages, 'in'), ...framesOf(messages, 'out')];
      expect(frames.flatMap(({ violations }) => violations)).toEqual([]);
      expect(frames.map(({ inflated }) => inflated?.text)).toEqual(['Hello', 'Hello', 'Hello', undefined, 'Hello']);
      expect(frames.map(({ inflated }) => inflated?.window)).toEqual(['empty', 'known', 'empty', undefined, 'known']);
      for (const message of messages) expect(checkWireMessage(message)).toEqual({ message });
      expect(frames.filter(({ inflated }) => inflated !== undefined).every((frame) => isInflated(frame.inflated))).toBe(
        true,
      );
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('gives the message to the frame that ends it, and RSV1 breaks a rule on any other', () => {
    const fragments = joined(bytesOf('4103f248cd'), bytesOf('8004c9c90700'), bytesOf('c000'));
    const frames = framesOf(
      observe(
        [
          ['in', REQUEST],
          ['out', joined(agreeing, fragments)],
        ],
        deflating(),
      ),
      'out',
    );
    expect(frames.map(({ inflated }) => inflated?.text)).toEqual([undefined, 'Hello', undefined]);
    expect(frames.map(({ violations }) => violations.map(({ rule }) => rule))).toEqual([[], [], ['rsv1-set']]);
  });

  it('calls RSV1 a broken rule where nothing was agreed on', () => {
    const frames = framesOf(observe(opened(['in', client]), deflating()), 'in');
    expect(frames.map(({ violations }) => violations.length)).toEqual([1, 1]);
    expect(frames.some(({ inflated }) => inflated !== undefined)).toBe(false);
  });

  it('says that the window is unknown after frames that were only counted', () => {
    const observed = deflating();
    observe(
      [
        ['in', REQUEST],
        ['out', agreeing],
      ],
      observed,
    );
    observed.explains = false;
    observed.chunk('out', compressed(HELLO), 3);
    observed.explains = true;
    const [frame] = framesOf(observed.chunk('out', compressed(AGAIN), 4), 'out');
    expect(frame?.inflated).toMatchObject({ window: 'unknown', unknown: [{ start: 1, end: 5 }], hex: '4800000000' });
  });

  it('counts the window as memory', () => {
    const observed = deflating();
    for (const [direction, bytes] of [
      ['in', REQUEST],
      ['out', agreeing],
      ['out', server],
    ] as const)
      observed.chunk(direction, bytes, 1);
    expect(observed.heldBytes).toBe(10);
  });
});
