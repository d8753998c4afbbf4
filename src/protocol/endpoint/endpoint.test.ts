import { describe, expect, test } from 'vitest';
import { bytesOf, hexOf, joined } from '../../../tests/bytes.ts';
import {
  closeFrame,
  events,
  inShort,
  newClient,
  newServer,
  openPair,
  pingFrame,
  textFrame,
  written,
} from '../../../tests/endpoints.ts';
import { encodeText } from '../../text/utf8.ts';
import { OPCODE } from '../framing/opcode.ts';

describe('the order of effects', () => {
  test('a message is answered before the close frame after it in the same chunk', () => {
    const { server } = openPair();
    const wire: string[] = [];
    for (const effect of server.receive(joined(textFrame('Hello'), closeFrame('03e8')))) {
      wire.push(...inShort([effect]));
      if (effect.type === 'event' && effect.event.type === 'message') wire.push(...inShort(server.sendText('Hello')));
    }
    expect(wire).toEqual(['message', '810548656c6c6f', '880203e8', 'closeTcp']);
  });

  test('messages that a program sends on open go out after the response', () => {
    const server = newServer();
    const types = [];
    for (const effect of server.receive(written(newClient().connect()))) {
      types.push(effect.type);
      if (effect.type === 'event') types.push(...inShort(server.sendText('Hello')));
    }
    expect(types).toEqual(['write', 'event', '810548656c6c6f']);
  });

  test('a program that closes on a message does not get the next one in the same chunk', () => {
    const { server } = openPair();
    const told: string[] = [];
    for (const effect of server.receive(joined(textFrame('bye'), textFrame('late'), closeFrame('03e8')))) {
      told.push(...inShort([effect]));
      if (effect.type === 'event') told.push(...inShort(server.startClosingHandshake(1000)));
    }
    expect(told).toEqual(['message', '880203e8', 'closeTcp']);
  });

  test('if TCP ends on a message, the bytes after it are neither read nor answered', () => {
    const { server } = openPair();
    const told: string[] = [];
    for (const effect of server.receive(
      joined(textFrame('last'), textFrame('late'), pingFrame('late'), closeFrame('03e8')),
    )) {
      told.push(...inShort([effect]), ...inShort(server.receiveEnd()));
    }
    expect(told).toEqual(['message', 'close']);
  });

  test('messages before a violation are reported, messages after it are not', () => {
    const { server } = openPair();
    const chunk = joined(textFrame('fine'), bytesOf('810548656c6c6f'), textFrame('late'));
    expect(inShort(server.receive(chunk)).map((each) => each.slice(0, 4))).toEqual(['mess', '882e', 'clos']);
  });
});

describe('messages arrive', () => {
  test.each([
    [OPCODE.text, { type: 'message', opcode: OPCODE.text }],
    [OPCODE.binary, { type: 'message', opcode: OPCODE.binary }],
    [OPCODE.ping, { type: 'ping' }],
    [OPCODE.pong, { type: 'pong' }],
  ] as const)('with opcode %d, each as an event of its own kind', (opcode, expected) => {
    const { server } = openPair();
    expect(events(server.receive(textFrame('abc', { opcode })))).toEqual([{ ...expected, payload: encodeText('abc') }]);
  });

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
