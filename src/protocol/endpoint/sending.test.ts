import { describe, expect, test } from 'vitest';
import { bytesOf, joined } from '../../../tests/bytes.ts';
import {
  closeFrame,
  events,
  fromClient,
  inShort,
  newClient,
  newServer,
  openPair,
  pingFrame,
  REQUEST,
  textFrame,
  written,
} from '../../../tests/endpoints.ts';
import { encodeFrame } from '../framing/frame.ts';
import { FrameReader } from '../framing/frame-reader.ts';
import { OPCODE } from '../framing/opcode.ts';
import type { WriteEffect } from './effects.ts';
import { Endpoint } from './endpoint.ts';
import { Sender } from './sender.ts';

const HELLO = bytesOf('48656c6c6f');
const TOO_MUCH = new Uint8Array(126);

describe('§6.1: sending', () => {
  test('a server does not mask, a client does', () => {
    const { client, server } = openPair();
    expect(inShort(server.sendText('Hello'))).toEqual(['810548656c6c6f']);
    expect(inShort(client.sendText('Hello'))).toEqual(['818537fa213d7f9f4d5158']);
    expect(inShort(server.sendBinary(HELLO))).toEqual(['820548656c6c6f']);
  });

  test('a server uses the sender that it is given', () => {
    const bytes = bytesOf('810161');
    const sender = Object.assign(new Sender(), { message: (): WriteEffect[] => [{ type: 'write', bytes }] });
    const server = new Endpoint({ role: 'server', sender });
    written(server.receive(written(newClient().connect())));
    expect(server.sendBinary(HELLO)[0]?.bytes).toBe(bytes);
  });

  test('a client masks each frame with its own key', () => {
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
    ].flatMap((effect) => (effect.type === 'write' ? new FrameReader().push(effect.bytes) : []));
    expect(frames.map(({ maskingKey }) => maskingKey)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('fragments: the opcode first, then continuations, FIN on the last alone', () => {
    const { server } = openPair();
    const pieces = [HELLO.slice(0, 2), new Uint8Array(0), HELLO.slice(2)];
    expect(inShort(server.sendFragments(OPCODE.text, pieces))).toEqual(['01024865', '0000', '80036c6c6f']);
    expect(inShort(server.sendFragments(OPCODE.binary, [HELLO]))).toEqual(['820548656c6c6f']);
    expect(server.sendFragments(OPCODE.binary, [])).toEqual([]);
  });

  test('a frame that is already encoded goes out unchanged', () => {
    const { server } = openPair();
    const bytes = encodeFrame({ opcode: OPCODE.text, payload: HELLO });
    expect(server.sendEncoded(bytes)).toEqual([{ type: 'write', bytes }]);
  });

  test('a control frame of 125 bytes goes out, a longer one is an error of the caller', () => {
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

  test('after the closing handshake has begun, nothing goes out', () => {
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
  test('are answered by a pong with the same payload, before the program gets the event', () => {
    const { server } = openPair();
    expect(inShort(server.receive(pingFrame('Hello')))).toEqual(['8a0548656c6c6f', 'ping']);
  });

  test('are answered in the middle of a message', () => {
    const { server } = openPair();
    const chunk = joined(
      textFrame('He', { fin: false }),
      pingFrame(''),
      textFrame('llo', { opcode: OPCODE.continuation }),
    );
    expect(inShort(server.receive(chunk))).toEqual(['8a00', 'ping', 'message']);
  });

  test('are answered while this end waits for the close frame, without an event', () => {
    const { server } = openPair();
    server.startClosingHandshake(1000);
    expect(inShort(server.receive(pingFrame('Hello')))).toEqual(['8a0548656c6c6f']);
  });

  test('are not answered after the close frame of their sender', () => {
    const { server } = openPair();
    expect(inShort(server.receive(joined(closeFrame('03e8'), pingFrame('late'))))).toEqual(['880203e8', 'closeTcp']);
  });

  test('a pong is an event, and is not answered', () => {
    const { server } = openPair();
    expect(inShort(server.receive(fromClient({ opcode: OPCODE.pong, payload: HELLO })))).toEqual(['pong']);
  });
});
