import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, hexOf } from '../../tests/bytes.ts';
import { describeFrame } from '../inspector/frame/describe.ts';
import type { WireMessage } from '../inspector/wire/wire.ts';
import { OPCODE } from '../protocol/framing/opcode.ts';
import { EXAMPLE_KEY } from '../protocol/handshake/head/example-heads.ts';
import { MESSAGE_RULES } from '../protocol/messages/rules.ts';
import { FRAME_RULES } from '../protocol/rules.ts';
import { encodeText } from '../text/utf8.ts';
import { Loopback, type LoopbackOptions } from './loopback.ts';

function connected(options: Partial<LoopbackOptions> = {}): Loopback {
  let timeMs = 100;
  const loopback = new Loopback({
    path: '/echo?watch=abc',
    host: 'localhost:8080',
    key: EXAMPLE_KEY,
    nextMaskingKey: () => 0x37fa213d,
    now: () => timeMs++,
    ...options,
  });
  loopback.connect();
  loopback.takeClientEvents();
  return loopback;
}

/** `in text, masked, 5 bytes, final`, and what is not a frame by its type. */
const linesOf = (messages: readonly WireMessage[]) =>
  messages
    .filter(({ type }) => type !== 'chunk')
    .map((message) => (message.type === 'frame' ? `${message.direction} ${describeFrame(message)}` : message.type));

const HELLO = encodeText('Hello');

describe('Loopback', () => {
  it('opens with both heads', () => {
    const loopback = new Loopback({
      path: '/echo?watch=abc',
      host: 'localhost:8080',
      key: EXAMPLE_KEY,
      nextMaskingKey: () => 1,
      now: () => 100,
      origin: 'http://localhost:8080',
      subprotocols: ['dump.json'],
      connection: 3,
    });
    const messages = loopback.connect();
    expect(messages[0]).toMatchObject({ type: 'open', connection: 3, timeMs: 0, path: '/echo' });
    expect(linesOf(messages)).toEqual(['open', 'handshake', 'handshake']);
    expect(loopback.takeClientEvents()).toMatchObject([
      { type: 'open', subprotocol: 'dump.json', request: { target: '/echo?watch=abc' } },
    ]);
    expect(loopback.readyState('server')).toBe('open');
  });

  it('echoes every message: same type, same bytes', () => {
    const loopback = connected();
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }).map((text) => [OPCODE.text, encodeText(text)] as const),
          fc.uint8Array({ maxLength: 300 }).map((payload) => [OPCODE.binary, payload] as const),
        ),
        fc.boolean(),
        ([opcode, payload], inFragments) => {
          const pieces = [payload.slice(0, 2), payload.slice(2)];
          if (inFragments) loopback.sendFragments(opcode, pieces);
          else loopback.send(opcode, payload);
          expect(loopback.takeClientEvents()).toEqual([{ type: 'message', opcode, payload: expect.anything() }]);
        },
      ),
    );
  });

  it('gives back the very bytes', () => {
    const loopback = connected();
    loopback.send(OPCODE.text, HELLO);
    const [event] = loopback.takeClientEvents();
    expect(event?.type === 'message' && hexOf(event.payload)).toBe('48656c6c6f');
  });

  it('shows a message and its echo in order', () => {
    expect(linesOf(connected().send(OPCODE.text, HELLO))).toEqual([
      'in text, masked, 5 bytes, final',
      'out text, unmasked, 5 bytes, final',
    ]);
  });

  it('answers pings, of which JavaScript is told nothing', () => {
    const loopback = connected();
    expect(linesOf(loopback.ping('client'))).toEqual([
      'in ping, masked, 0 bytes, final',
      'out pong, unmasked, 0 bytes, final',
    ]);
    expect(linesOf(loopback.ping('server', HELLO))).toEqual([
      'out ping, unmasked, 5 bytes, final',
      'in pong, masked, 5 bytes, final',
    ]);
    expect(loopback.takeClientEvents()).toEqual([]);
  });

  it.each([
    ['client', ['in close, masked, 5 bytes, final', 'out close, unmasked, 2 bytes, final', 'close']],
    ['server', ['out close, unmasked, 5 bytes, final', 'in close, masked, 2 bytes, final', 'close']],
  ] as const)('closes from the %s', (from, lines) => {
    const loopback = connected();
    const messages = loopback.close(1000, 'bye', from);
    expect(linesOf(messages)).toEqual(lines);
    expect(messages.at(-1)).toMatchObject({ type: 'close', closeCode: 1000, clean: true });
    expect(loopback.takeClientEvents()).toMatchObject([{ type: 'close', closeCode: 1000, clean: true }]);
    expect([loopback.readyState('client'), loopback.readyState('server')]).toEqual(['closed', 'closed']);
    expect(loopback.send(OPCODE.text, HELLO)).toEqual([]);
  });

  it('lets a handler of its own answer', () => {
    const loopback = connected({
      handler: (event, send) => {
        if (event.type === 'open') send(OPCODE.text, encodeText('welcome'));
        if (event.type === 'message') for (let i = 0; i < 2; i++) send(OPCODE.binary, event.payload);
      },
    });
    expect(linesOf(loopback.send(OPCODE.text, HELLO)).slice(1)).toEqual([
      'out binary, unmasked, 5 bytes, final',
      'out binary, unmasked, 5 bytes, final',
    ]);
  });

  it.each(FRAME_RULES.map((rule) => [rule.name, rule] as const))(
    'fails the connection that breaks %s',
    (name, rule) => {
      const from = rule.brokenBy === 'server' ? 'server' : 'client';
      const loopback = connected(rule.limits === undefined ? {} : { limits: rule.limits });
      const messages = loopback.sendRaw(from, bytesOf(rule.example));
      const frames = messages.filter((message) => message.type === 'frame');
      const broken = frames.findIndex(({ violations }) => violations.some((violation) => violation.rule === name));
      const answer = frames.findIndex(
        ({ direction, payload }) => direction !== frames[broken]?.direction && payload.text?.includes(name),
      );
      expect(broken).toBeGreaterThanOrEqual(0);
      // After a close frame the connection is over: there is nobody to answer with why it failed.
      if (rule !== MESSAGE_RULES.dataFrameAfterClose) expect(answer).toBeGreaterThan(broken);
      expect(messages.at(-1)?.type).toBe('close');
    },
  );

  it('sends no second close frame for a side that sent one as raw bytes', () => {
    expect(linesOf(connected().sendRaw('client', bytesOf('888000000000')))).toEqual([
      'in close, masked, 0 bytes, final',
      'out close, unmasked, 0 bytes, final',
      'close',
    ]);
  });

  it('lets bytes that are no whole frame wait', () => {
    const loopback = connected();
    expect(linesOf(loopback.sendRaw('client', bytesOf('818537fa213d7f')))).toEqual([]);
    expect(linesOf(loopback.sendRaw('client', bytesOf('9f4d5158')))).toHaveLength(2);
  });
});
