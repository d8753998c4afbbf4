import { describe, expect, test, vi } from 'vitest';
import { bytesOf, countCopiedBytes, cutEverywhere, joined } from '../../../tests/bytes.ts';
import { events, newClient, newServer, REQUEST, written } from '../../../tests/endpoints.ts';
import { encodeText } from '../../text/utf8.ts';
import { Endpoint } from './endpoint.ts';
import { serverOpening } from './opening.ts';

const HELLO_FROM_CLIENT = bytesOf('818537fa213d7f9f4d5158');
const HELLO_FROM_SERVER = bytesOf('810548656c6c6f');
const request = () => written(newClient().connect());
const response = () => written(newServer().receive(request()));

describe('§4: the opening handshake', () => {
  test('opens both ends, and reports the same heads to both programs', () => {
    const [client, server] = [newClient(), newServer()];
    const atServer = [...server.receive(written(client.connect()))];
    expect(atServer.map(({ type }) => type)).toEqual(['write', 'event']);
    const atClient = [...client.receive(written(atServer))];
    expect(atClient.map(({ type }) => type)).toEqual(['event']);
    expect(events(atClient)).toEqual(events(atServer).map((event) => ({ ...event, accepted: undefined })));
    expect([client.readyState, server.readyState]).toEqual(['open', 'open']);
  });

  test('can arrive byte by byte, with a frame after it in the same chunk or cut anywhere', () => {
    const toServer = joined(request(), HELLO_FROM_CLIENT);
    const toClient = joined(response(), HELLO_FROM_SERVER);
    for (const [endpoint, stream] of [
      [newServer, toServer],
      [newClient, toClient],
    ] as const) {
      const whole = events(endpoint().receive(stream.slice()));
      expect(whole.map(({ type }) => type)).toEqual(['open', 'message']);
      const cut = endpoint();
      expect(cutEverywhere(stream).flatMap((chunk) => events(cut.receive(chunk)))).toEqual(whole);
      for (let at = stream.length - 20; at < stream.length; at++) {
        const halved = endpoint();
        const chunks = [stream.slice(0, at), stream.slice(at)];
        expect(chunks.flatMap((chunk) => events(halved.receive(chunk)))).toEqual(whole);
      }
    }
  });

  test('may be read by an HTTP server instead', () => {
    const server = newServer();
    const [open] = events(newServer().receive(request()));
    if (open?.type !== 'open') return expect.unreachable();
    expect(written(server.acceptRequest(open.request))).toEqual(response());
    expect(server.readyState).toBe('open');
    expect(() => server.acceptRequest(open.request)).toThrow('not a server that is connecting');
    expect(() => newClient().acceptRequest(open.request)).toThrow('not a server that is connecting');
  });

  test('of the subprotocols that the server has, it chooses the one that the client prefers', () => {
    const subprotocols = ['b', 'a'];
    const client = new Endpoint({ role: 'client', request: { ...REQUEST, subprotocols }, nextMaskingKey: () => 0 });
    const server = new Endpoint({ role: 'server', subprotocols: ['a', 'b', 'c'] });
    const atClient = events(client.receive(written(server.receive(written(client.connect())))));
    expect(atClient).toMatchObject([{ type: 'open', subprotocol: 'b' }]);
  });

  test('a server sends nothing first', () => {
    expect(newServer().connect()).toEqual([]);
  });

  test('a request that cannot be made throws when the client is created, not when bytes arrive', () => {
    const broken = { role: 'client', request: { ...REQUEST, key: 'short' }, nextMaskingKey: () => 0 } as const;
    expect(() => new Endpoint(broken)).toThrow(RangeError);
  });
});

describe('§4.2.2: a refusal', () => {
  test('is answered by the server, which then ends TCP and reports the refusal in the close event', () => {
    const server = newServer();
    const effects = [...server.receive(encodeText('GET / HTTP/1.1\r\nHost: a\r\n\r\n'))];
    expect(effects.map(({ type }) => type)).toEqual(['write', 'closeTcp']);
    expect(new TextDecoder().decode(written(effects))).toMatch(/^HTTP\/1\.1 4\d\d .*\r\n\r\n.+\n$/s);
    expect(server.readyState).toBe('ending');
    expect(events(server.receiveEnd())).toMatchObject([
      { type: 'close', closeCode: 1006, reason: '', clean: false, refusal: { rule: 'missing-upgrade' } },
    ]);
  });

  test('by a client has no answer: the client ends TCP', () => {
    const client = newClient();
    const wrong = new TextDecoder().decode(response()).replace(/s3pPLM/, 's3pPLm');
    expect([...client.receive(encodeText(wrong))]).toEqual([{ type: 'closeTcp' }]);
    expect(events(client.receiveEnd())).toMatchObject([
      { type: 'close', closeCode: 1006, refusal: { rule: 'wrong-accept' } },
    ]);
  });

  test('comes with the first byte that cannot begin a head', () => {
    expect(events([...newServer().receive(Uint8Array.of(0x16))])).toEqual([]);
    expect(new TextDecoder().decode(written(newServer().receive(Uint8Array.of(0x16))))).toMatch(/^HTTP\/1\.1 400 /);
    expect([...newClient().receive(Uint8Array.of(0x81))]).toEqual([{ type: 'closeTcp' }]);
  });

  test('ends everything: frames after a refused request are not read', () => {
    const server = newServer();
    const effects = server.receive(joined(encodeText('GET / HTTP/1.1\r\nHost: a\r\n\r\n'), HELLO_FROM_CLIENT));
    expect(events(effects)).toEqual([]);
    expect([...server.receive(HELLO_FROM_CLIENT.slice())]).toEqual([]);
  });
});

test('a head that arrives byte by byte takes work in proportion to its length', () => {
  for (const headLength of [1000, 4000, 16_000]) {
    const opening = serverOpening({});
    const head = encodeText('GET /'.padEnd(headLength, 'x'));
    const copied = countCopiedBytes(() => {
      for (const byte of head) expect(opening.push(Uint8Array.of(byte))).toBeUndefined();
    });
    expect(copied).toBeGreaterThan(0);
    expect(copied).toBeLessThan(4 * headLength);
  }
});

test('a head that arrives byte by byte is searched for its end once, not from its start each time', () => {
  const indexOf = vi.spyOn(Uint8Array.prototype, 'indexOf');
  try {
    const opening = serverOpening({});
    const head = encodeText('GET /'.padEnd(1000, 'x'));
    for (const byte of head) opening.push(Uint8Array.of(byte));
    const searched = indexOf.mock.contexts.map((bytes, i) => {
      return (bytes as Uint8Array).length - (indexOf.mock.calls[i]?.[1] ?? 0);
    });
    expect(searched).toEqual(Array.from(head, () => 1));
  } finally {
    indexOf.mockRestore();
  }
});
