import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../tests/bytes.ts';
import { encodeFrame } from '../framing/frame.ts';
import { OPCODE } from '../framing/opcode.ts';
import { createRequest } from '../handshake/request/request.ts';
import type { Effect } from './effects.ts';
import { Endpoint, type ServerOptions } from './endpoint.ts';
import { RawFrames } from './raw-frames.ts';

const REQUEST = createRequest({ host: 'localhost', target: '/echo?a=1', key: 'dGhlIHNhbXBsZSBub25jZQ==' });
const CLOSE = encodeFrame({ opcode: OPCODE.close, payload: new Uint8Array(0) });

function openServer(options: Omit<ServerOptions, 'role'> = {}) {
  const endpoint = new Endpoint({ role: 'server', ...options });
  return { endpoint, effects: endpoint.acceptRequest(REQUEST) };
}

const written = (effects: Iterable<Effect>) =>
  [...effects].flatMap((effect) => (effect.type === 'write' ? [Buffer.from(effect.bytes).toString('hex')] : []));

describe('sendRaw', () => {
  test('sends the bytes unchanged, and more bytes after a close frame', () => {
    const { endpoint } = openServer();
    expect(written(endpoint.sendRaw(CLOSE))).toEqual(['8800']);
    expect(endpoint.readyState).toBe('closing');
    expect(written(endpoint.sendRaw(bytesOf('8100')))).toEqual(['8100']);
    expect(endpoint.sendText('late')).toEqual([]);
  });

  test('a close frame counts as this end’s: the peer’s is not answered with another', () => {
    const { endpoint } = openServer();
    endpoint.sendRaw(CLOSE);
    expect([...endpoint.receive(bytesOf('888000000000'))]).toEqual([{ type: 'closeTcp' }]);
    expect(endpoint.receiveEnd()).toMatchObject([{ event: { type: 'close', clean: true } }]);
  });

  test('any other frame leaves the connection open', () => {
    const { endpoint } = openServer();
    endpoint.sendRaw(bytesOf('8000ff00'));
    expect(endpoint.readyState).toBe('open');
  });

  test('throws before the opening handshake is done, and sends nothing after TCP has ended', () => {
    const connecting = new Endpoint({ role: 'server' });
    expect(() => connecting.sendRaw(CLOSE)).toThrow('opening handshake');
    const { endpoint } = openServer();
    endpoint.receiveEnd();
    expect(endpoint.sendRaw(CLOSE)).toEqual([]);
  });
});

describe('RawFrames', () => {
  const frames = fc.array(
    fc.record({
      opcode: fc.constantFrom(0, 1, 2, 8, 9, 15),
      payload: fc.uint8Array({ maxLength: 300 }),
      maskingKey: fc.option(fc.nat(), { nil: undefined }),
    }),
    { maxLength: 6 },
  );

  test('finds a close frame however the bytes are cut', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 200 })), (list, cuts) => {
        const bytes = Buffer.concat(list.map((frame) => encodeFrame(frame)));
        const raw = new RawFrames();
        let found = false;
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const end = at + (cuts[i] ?? bytes.length);
          if (raw.closes(bytes.subarray(at, end))) found = true;
          at = end;
        }
        expect(found).toBe(list.some(({ opcode }) => opcode === OPCODE.close));
      }),
    );
  });
});

describe('respond', () => {
  test('changes the response that is sent, and the one in the open event', () => {
    const { effects } = openServer({ respond: (right) => ({ ...right, httpStatus: 200 }) });
    const [write, told] = effects;
    expect(Buffer.from(write?.type === 'write' ? write.bytes : []).toString()).toMatch(/^HTTP\/1\.1 200 /);
    expect(told).toMatchObject({ event: { type: 'open', response: { httpStatus: 200 } } });
  });
});

test('the open event has the values from the checks of the request for a server, and none for a client', () => {
  const { effects } = openServer();
  expect(effects[1]).toMatchObject({ event: { accepted: { path: '/echo', query: 'a=1', host: 'localhost' } } });
});
