import { describe, expect, test } from 'vitest';
import { bytesOf, cutEverywhere, hexOf, joined } from '../../../tests/bytes.ts';
import { events, newClient, newServer, openPair, REQUEST, written } from '../../../tests/endpoints.ts';
import { FrameDecoder } from '../framing/decoder.ts';
import { encodeFrame, type Frame } from '../framing/frame.ts';
import { OPCODE } from '../framing/opcode.ts';
import { MESSAGE_RULES } from '../messages/rules.ts';
import { encodeText } from '../utf8.ts';
import { violationOf } from '../violation.ts';
import type { Effect } from './effects.ts';
import { Endpoint } from './endpoint.ts';

const HELLO = bytesOf('48656c6c6f');
const TOO_MUCH = new Uint8Array(126);

/** A frame as a client sends it. */
const fromClient = (frame: Omit<Frame, 'maskingKey'>) => encodeFrame({ ...frame, maskingKey: 0x37fa213d }).slice();
const text = (words: string, more: Partial<Frame> = {}) =>
  fromClient({ opcode: OPCODE.text, payload: encodeText(words), ...more });
const ping = (words: string) => fromClient({ opcode: OPCODE.ping, payload: encodeText(words) });
const close = (hex: string) => fromClient({ opcode: OPCODE.close, payload: bytesOf(hex) });

/** Effects in short: what is written as hex, an event by its type. */
function inShort(effects: Iterable<Effect>): string[] {
  return Array.from(effects, (effect) => {
    if (effect.type === 'write') return hexOf(effect.bytes);
    return effect.type === 'event' ? effect.event.type : effect.type;
  });
}

describe('§6.1: sending', () => {
  test('a server does not mask, a client does', () => {
    const { client, server } = openPair();
    expect(inShort(server.sendText('Hello'))).toEqual(['810548656c6c6f']);
    expect(inShort(client.sendText('Hello'))).toEqual(['818537fa213d7f9f4d5158']);
    expect(inShort(server.sendBinary(HELLO))).toEqual(['820548656c6c6f']);
  });

  test('a client masks each frame with a key of its own', () => {
    const keys = [1, 2, 3, 4, 5, 6, 7];
    const client = new Endpoint({ role: 'client', request: REQUEST, nextMaskingKey: () => keys.shift() ?? 0 });
    events(client.receive(written(newServer().receive(written(client.connect())))));
    const frames = [
      ...client.sendText('a'),
      ...client.sendFragments(OPCODE.text, [HELLO, HELLO]),
      ...client.sendPing(),
      ...client.sendPong(),
      ...client.receive(bytesOf('8900')),
      ...client.startClosingHandshake(),
    ].flatMap((effect) => (effect.type === 'write' ? new FrameDecoder().push(effect.bytes) : []));
    expect(frames.map(({ header }) => header.maskingKey)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('fragments: the opcode first, then continuations, FIN on the last alone', () => {
    const { server } = openPair();
    const pieces = [HELLO.slice(0, 2), new Uint8Array(0), HELLO.slice(2)];
    expect(inShort(server.sendFragments(OPCODE.text, pieces))).toEqual(['01024865', '0000', '80036c6c6f']);
    expect(inShort(server.sendFragments(OPCODE.binary, [HELLO]))).toEqual(['820548656c6c6f']);
    expect(server.sendFragments(OPCODE.binary, [])).toEqual([]);
  });

  test('a frame that was encoded before goes out as it is', () => {
    const { server } = openPair();
    const bytes = encodeFrame({ opcode: OPCODE.text, payload: HELLO });
    expect(server.sendEncoded(bytes)).toEqual([{ type: 'write', bytes }]);
  });

  test('a control frame of 125 bytes goes out, a longer one is the mistake of the caller', () => {
    const { client } = openPair();
    expect(client.sendPing(TOO_MUCH.slice(1))).toHaveLength(1);
    expect(() => client.sendPing(TOO_MUCH)).toThrow(/125 bytes of payload, not 126/);
    expect(() => client.sendPong(TOO_MUCH)).toThrow(RangeError);
  });

  test('nothing can be sent before the opening handshake is done', () => {
    for (const endpoint of [newClient(), newServer()]) {
      expect(() => endpoint.sendText('too soon')).toThrow('opening handshake');
      expect(() => endpoint.sendFragments(OPCODE.text, [])).toThrow('opening handshake');
      expect(() => endpoint.sendEncoded(new Uint8Array(2))).toThrow('opening handshake');
      expect(() => endpoint.sendPing()).toThrow('opening handshake');
      expect(() => endpoint.sendPong()).toThrow('opening handshake');
      expect(() => endpoint.startClosingHandshake()).toThrow('opening handshake');
    }
  });

  test('once the closing handshake has begun, nothing goes out any more', () => {
    const { client } = openPair();
    client.startClosingHandshake(1000);
    const late = [
      client.sendText('late'),
      client.sendFragments(OPCODE.text, [HELLO]),
      client.sendEncoded(new Uint8Array(2)),
      client.sendPing(),
      client.sendPong(),
      client.startClosingHandshake(1001),
    ];
    expect(late).toEqual([[], [], [], [], [], []]);
  });
});

describe('§5.5.2: pings', () => {
  test('are answered by a pong with the same payload, before the program is told', () => {
    const { server } = openPair();
    expect(inShort(server.receive(ping('Hello')))).toEqual(['8a0548656c6c6f', 'ping']);
  });

  test('are answered in the middle of a message', () => {
    const { server } = openPair();
    const chunk = joined(text('He', { fin: false }), ping(''), text('llo', { opcode: OPCODE.continuation }));
    expect(inShort(server.receive(chunk))).toEqual(['8a00', 'ping', 'message']);
  });

  test('are answered while this end waits for the close frame, though nobody is told', () => {
    const { server } = openPair();
    server.startClosingHandshake(1000);
    expect(inShort(server.receive(ping('Hello')))).toEqual(['8a0548656c6c6f']);
  });

  test('are not answered behind the close frame of their sender', () => {
    const { server } = openPair();
    expect(inShort(server.receive(joined(close('03e8'), ping('late'))))).toEqual(['880203e8', 'closeTcp']);
  });

  test('a pong is told and not answered', () => {
    const { server } = openPair();
    expect(inShort(server.receive(fromClient({ opcode: OPCODE.pong, payload: HELLO })))).toEqual(['pong']);
  });
});

describe('§7: the closing handshake', () => {
  test('begun by the client: both send a close frame, the server ends TCP', () => {
    const { client, server } = openPair();
    const first = written(client.startClosingHandshake(4000, 'enough'));
    expect(client.readyState).toBe('closing');
    const answer = [...server.receive(first)];
    expect(inShort(answer)).toEqual(['88020fa0', 'closeTcp']);
    expect(server.readyState).toBe('ending');
    expect([...client.receive(written(answer))]).toEqual([]);
    expect(client.readyState).toBe('ending');
    expect(events(server.receiveEnd())).toMatchObject([{ closeCode: 4000, reason: 'enough', clean: true }]);
    expect(events(client.receiveEnd())).toMatchObject([{ closeCode: 4000, reason: '', clean: true }]);
  });

  test('begun by the server: the client answers, and still the server ends TCP', () => {
    const { client, server } = openPair();
    const first = written(server.startClosingHandshake(1001, 'going'));
    const answer = [...client.receive(first)];
    expect(answer.map(({ type }) => type)).toEqual(['write']);
    expect(inShort(server.receive(written(answer)))).toEqual(['closeTcp']);
    expect(events(client.receiveEnd())).toMatchObject([{ closeCode: 1001, reason: 'going', clean: true }]);
    expect(events(server.receiveEnd())).toMatchObject([{ closeCode: 1001, reason: '', clean: true }]);
  });

  test('begun by both at once: each takes the close frame of the other for its answer', () => {
    const { client, server } = openPair();
    const fromThem = written(server.startClosingHandshake(1001));
    const fromUs = written(client.startClosingHandshake(1000));
    expect(inShort(server.receive(fromUs))).toEqual(['closeTcp']);
    expect(inShort(client.receive(fromThem))).toEqual([]);
    expect(events(client.receiveEnd())).toMatchObject([{ closeCode: 1001, clean: true }]);
    expect(events(server.receiveEnd())).toMatchObject([{ closeCode: 1000, clean: true }]);
  });

  test('a close frame without a code is answered by one without, and told as 1005', () => {
    const { server } = openPair();
    expect(inShort(server.receive(close('')))).toEqual(['8800', 'closeTcp']);
    expect(events(server.receiveEnd())).toMatchObject([{ closeCode: 1005, reason: '', clean: true }]);
  });

  test('a program that is closing is told of no message more', () => {
    const { server } = openPair();
    server.startClosingHandshake(1000);
    expect(inShort(server.receive(joined(text('late'), close('03e8'))))).toEqual(['closeTcp']);
  });

  test('TCP that ends without a close frame is 1006, and not clean', () => {
    for (const endpoint of Object.values(openPair())) {
      expect(events(endpoint.receiveEnd())).toEqual([
        { type: 'close', closeCode: 1006, reason: '', clean: false, violation: undefined, refusal: undefined },
      ]);
    }
  });

  test('TCP that ends after our close frame alone is not clean either', () => {
    const { client } = openPair();
    client.startClosingHandshake(1000);
    expect(events(client.receiveEnd())).toMatchObject([{ closeCode: 1006, clean: false }]);
  });

  test('a code or reason that must not be sent is the mistake of the caller, and closes nothing', () => {
    const { client } = openPair();
    for (const code of [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 4000.5]) {
      expect(() => client.startClosingHandshake(code)).toThrow(RangeError);
    }
    expect(() => client.startClosingHandshake(1000, 'x'.repeat(124))).toThrow(RangeError);
    expect(client.readyState).toBe('open');
  });

  test('after the end, nothing comes of anything', () => {
    for (const endpoint of Object.values(openPair())) {
      endpoint.receiveEnd();
      expect(endpoint.readyState).toBe('closed');
      expect([...endpoint.receive(text('late'))]).toEqual([]);
      expect(endpoint.receiveEnd()).toEqual([]);
      expect(endpoint.sendText('late')).toEqual([]);
      expect(endpoint.startClosingHandshake()).toEqual([]);
      expect(endpoint.fail(violationOf(MESSAGE_RULES.textNotUtf8, 0, 1))).toEqual([]);
    }
  });
});

describe('the order of effects', () => {
  test('a message is answered before the close frame that stands behind it in the same chunk', () => {
    const { server } = openPair();
    const wire: string[] = [];
    for (const effect of server.receive(joined(text('Hello'), close('03e8')))) {
      wire.push(...inShort([effect]));
      if (effect.type === 'event' && effect.event.type === 'message') wire.push(...inShort(server.sendText('Hello')));
    }
    expect(wire).toEqual(['message', '810548656c6c6f', '880203e8', 'closeTcp']);
  });

  test('what a program sends upon open goes out behind the response', () => {
    const server = newServer();
    const types = [];
    for (const effect of server.receive(written(newClient().connect()))) {
      types.push(effect.type);
      if (effect.type === 'event') types.push(...inShort(server.sendText('Hello')));
    }
    expect(types).toEqual(['write', 'event', '810548656c6c6f']);
  });

  test('a program that closes upon a message is not told of the next in the same chunk', () => {
    const { server } = openPair();
    const told: string[] = [];
    for (const effect of server.receive(joined(text('bye'), text('late'), close('03e8')))) {
      told.push(...inShort([effect]));
      if (effect.type === 'event') told.push(...inShort(server.startClosingHandshake(1000)));
    }
    expect(told).toEqual(['message', '880203e8', 'closeTcp']);
  });

  test('when TCP ends upon a message, nothing that stands behind it is read or answered', () => {
    const { server } = openPair();
    const told: string[] = [];
    for (const effect of server.receive(joined(text('last'), text('late'), ping('late'), close('03e8')))) {
      told.push(...inShort([effect]), ...inShort(server.receiveEnd()));
    }
    expect(told).toEqual(['message', 'close']);
  });

  test('messages before a violation are told, those behind it are not', () => {
    const { server } = openPair();
    const chunk = joined(text('fine'), bytesOf('810548656c6c6f'), text('late'));
    expect(inShort(server.receive(chunk)).map((each) => each.slice(0, 4))).toEqual(['mess', '882e', 'clos']);
  });
});

describe('§7.1.7: failing the connection', () => {
  const wrongText = joined(bytesOf('81ff0000000000100000'), bytesOf('00000000'), bytesOf('48ff'));

  test('comes in the very call that brings the wrong byte, though the frame is far from whole', () => {
    const { server } = openPair();
    const chunks = cutEverywhere(wrongText);
    const results = chunks.map((chunk) => inShort(server.receive(chunk)));
    expect(results.slice(0, -1).flat()).toEqual([]);
    const [frame, end] = results.at(-1) ?? [];
    expect(frame).toMatch(/^88..03ef/);
    expect(end).toBe('closeTcp');
  });

  test('says which rule was broken, in the close frame and to the program', () => {
    const { server } = openPair();
    const body = written(server.receive(wrongText.slice())).subarray(4);
    expect(new TextDecoder().decode(body)).toBe('text-not-utf8 (RFC 6455 section 8.1)');
    expect(server.readyState).toBe('ending');
    expect(events(server.receiveEnd())).toMatchObject([
      { closeCode: 1006, clean: false, violation: { rule: 'text-not-utf8', start: 15, end: 16 } },
    ]);
  });

  test('by a client sends its close frame masked, and ends TCP itself', () => {
    const { client } = openPair();
    const effects = [...client.receive(bytesOf('c10548656c6c6f'))];
    expect(effects.map(({ type }) => type)).toEqual(['write', 'closeTcp']);
    expect(new FrameDecoder().push(written(effects))[0]?.header).toMatchObject({ opcode: OPCODE.close, masked: true });
  });

  test('sends no second close frame where one went out before', () => {
    const { server } = openPair();
    server.startClosingHandshake(1000);
    expect(inShort(server.receive(text('', { rsv1: true })))).toEqual(['closeTcp']);
    expect(events(server.receiveEnd())).toMatchObject([
      { closeCode: 1006, clean: false, violation: { rule: 'rsv1-set' } },
    ]);
  });

  test('a close body that breaks a rule fails the connection, and is not taken for a close frame', () => {
    const { server } = openPair();
    expect(inShort(server.receive(close('03ed')))[0]).toMatch(/^88..03ea/);
    expect(events(server.receiveEnd())).toMatchObject([
      { closeCode: 1006, clean: false, violation: { rule: 'close-code-1005' } },
    ]);
  });

  test('nothing is read after it', () => {
    const { server } = openPair();
    events(server.receive(wrongText.slice()));
    expect([...server.receive(text('late'))]).toEqual([]);
  });

  test('can be wished by the owner, once', () => {
    const { server } = openPair();
    const violation = violationOf(MESSAGE_RULES.messageTooLong, 1, 2);
    expect(inShort(server.fail(violation))[0]).toMatch(/^88..03f1/);
    expect(server.fail(violation)).toEqual([]);
    expect(newServer().fail(violation)).toEqual([]);
  });
});

describe('§10.4: limits', () => {
  test('a message at the limit arrives, one byte more fails with 1009', () => {
    const { server } = openPair({ maxMessageBytes: 5 });
    expect(inShort(server.receive(text('Hello')))).toEqual(['message']);
    expect(inShort(server.receive(text('Hello!')))[0]).toMatch(/^88..03f1/);
  });

  test('fragments at the limit arrive, one more fails with 1008', () => {
    const { server } = openPair({ maxFragments: 2 });
    const [begin, go, end] = [
      text('a', { fin: false }),
      text('b', { fin: false, opcode: OPCODE.continuation }),
      text('c', { opcode: OPCODE.continuation }),
    ];
    expect(inShort(server.receive(joined(begin, end)))).toEqual(['message']);
    expect(inShort(server.receive(joined(begin, go, end)))[0]).toMatch(/^88..03f0/);
  });
});

describe('messages arrive', () => {
  test('as text with U+FEFF in front, and as empty ones', () => {
    const { client, server } = openPair();
    for (const words of ['\ufeffHello', '', 'κόσμε']) {
      const [event] = events(server.receive(written(client.sendText(words))));
      expect(event).toMatchObject({ type: 'message', opcode: OPCODE.text });
      expect(event?.type === 'message' && hexOf(event.payload)).toBe(hexOf(encodeText(words)));
    }
  });

  test('in the 100,000 fragments of one message', () => {
    const { client, server } = openPair();
    const pieces = Array.from({ length: 100_000 }, (_, i) => Uint8Array.of(i));
    const [event] = events(server.receive(written(client.sendFragments(OPCODE.binary, pieces))));
    expect(event?.type === 'message' && Buffer.compare(event.payload, joined(...pieces))).toBe(0);
  });
});
