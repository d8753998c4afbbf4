import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeKey } from '../accept/accept-key.ts';
import { EXAMPLE_KEY } from '../head/example-heads.ts';
import { formatRequestHead, formatResponseHead } from '../head/format-head.ts';
import { headerValues, type RequestHead } from '../head/head.ts';
import { parseRequestHead, parseResponseHead } from '../head/parse-head.ts';
import { refuse } from '../head/refusal.ts';
import { checkRequest } from '../request/check-request.ts';
import { createRequest } from '../request/request.ts';
import { REQUEST_RULES } from '../request/rules.ts';
import { HANDSHAKE_RULES } from '../rules.ts';
import { checkResponse } from './check-response.ts';
import { acceptRequest, chooseSubprotocol, refuseRequest } from './respond.ts';

function acceptedOf(head: RequestHead) {
  const checked = checkRequest(head);
  if ('refusal' in checked) throw new Error(checked.refusal.sentence);
  return checked.request;
}

test('for any key and subprotocols, both sides agree after the exchange', () => {
  const names = fc.uniqueArray(fc.constantFrom('chat', 'superchat', 'v1.dump', 'Chat'));
  const nonce = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(nonce, names, names, (bytes, subprotocols, supported) => {
      const sent = { key: encodeKey(bytes), subprotocols };
      const atServer = parseRequestHead(formatRequestHead(createRequest({ host: 'a', target: '/', ...sent })));
      if (atServer.kind !== 'complete') throw new Error(atServer.kind);
      const request = acceptedOf(atServer.head);
      const subprotocol = chooseSubprotocol(request.subprotocols, supported);
      const atClient = parseResponseHead(formatResponseHead(acceptRequest(request, { subprotocol })));
      if (atClient.kind !== 'complete') throw new Error(atClient.kind);
      expect(checkResponse(atClient.head, sent)).toEqual({ subprotocol });
      expect(subprotocol === undefined).toBe(subprotocols.every((name) => !supported.includes(name)));
    }),
  );
});

test("the client's favorite decides, not the server's", () => {
  expect(chooseSubprotocol(['b', 'a'], ['a', 'b'])).toBe('b');
  expect(chooseSubprotocol(['b', 'a'], ['c'])).toBeUndefined();
});

describe('the 101 (RFC 6455 §4.2.2)', () => {
  const request = acceptedOf(
    createRequest({
      host: 'a',
      target: '/',
      key: EXAMPLE_KEY,
      subprotocols: ['chat'],
      headers: [{ name: 'Sec-WebSocket-Extensions', value: 'permessage-deflate' }],
    }),
  );

  test('declines extensions and subprotocols by leaving them out', () => {
    expect(acceptRequest(request, {})).toEqual({
      httpVersion: '1.1',
      httpStatus: 101,
      reasonPhrase: 'Switching Protocols',
      headers: [
        { name: 'Upgrade', value: 'websocket' },
        { name: 'Connection', value: 'Upgrade' },
        { name: 'Sec-WebSocket-Accept', value: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' },
      ],
    });
  });

  test('never names a subprotocol that the client did not offer', () => {
    expect(() => acceptRequest(request, { subprotocol: 'Chat' })).toThrow(RangeError);
    expect(headerValues(acceptRequest(request, { subprotocol: 'chat' }), 'Sec-WebSocket-Protocol')).toEqual(['chat']);
  });
});

describe('a refusal on the wire', () => {
  test.each(HANDSHAKE_RULES)('$name: a head that parses, with the length of its body and the end', (rule) => {
    const { head, body } = refuseRequest(refuse(rule, 'The key is "ü€". Send another.'));
    const parsed = parseResponseHead(formatResponseHead(head));
    expect(parsed).toMatchObject({ kind: 'complete', head: { httpStatus: rule.httpStatus ?? 400 } });
    expect(head.reasonPhrase).not.toBe('');
    expect(headerValues(head, 'Content-Length')).toEqual([String(Buffer.byteLength(body))]);
    expect(headerValues(head, 'Content-Type')).toEqual(['text/plain; charset=utf-8']);
    expect(body).toBe('The key is "ü€". Send another.\n');
  });

  test('426 names the protocol and its version, and closes', () => {
    const { head } = refuseRequest(refuse(REQUEST_RULES.unsupportedVersion, ''));
    expect(headerValues(head, 'Sec-WebSocket-Version')).toEqual(['13']);
    expect(headerValues(head, 'Upgrade')).toEqual(['websocket']);
    expect(headerValues(head, 'Connection')).toEqual(['Upgrade, close']);
    expect(head.reasonPhrase).toBe('Upgrade Required');
  });

  test('405 names the method that is allowed, and closes', () => {
    const { head } = refuseRequest(refuse(REQUEST_RULES.methodNotGet, ''));
    expect(headerValues(head, 'Allow')).toEqual(['GET']);
    expect(headerValues(head, 'Connection')).toEqual(['close']);
  });
});

describe('requests that our client cannot make', () => {
  const options = { host: 'a', target: '/', key: EXAMPLE_KEY };
  test.each([{ key: 'short' }, { subprotocols: [''] }, { subprotocols: ['a b'] }, { subprotocols: ['a', 'a'] }])(
    '%j',
    (mistake) => {
      expect(() => createRequest({ ...options, ...mistake })).toThrow(RangeError);
    },
  );

  test('it sends its origin and further headers if it has any', () => {
    const head = createRequest({ ...options, origin: 'http://b', headers: [{ name: 'Cookie', value: 'c=d' }] });
    expect(headerValues(head, 'Origin')).toEqual(['http://b']);
    expect(head.headers.at(-1)).toEqual({ name: 'Cookie', value: 'c=d' });
    expect(createRequest(options).headers.map(({ name }) => name)).not.toContain('Origin');
  });
});
