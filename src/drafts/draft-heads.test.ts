import { describe, expect, test } from 'vitest';
import { formatRequestHead, formatResponseHead } from '../protocol/handshake/head/format-head.ts';
import type { RequestHead } from '../protocol/handshake/head/head.ts';
import { checkRequest } from '../protocol/handshake/request/check-request.ts';
import { createRequest } from '../protocol/handshake/request/request.ts';
import { decodeLatin1 } from '../text/latin1.ts';
import {
  asRfc6455,
  draftOf,
  hixie75Request,
  hixie75Response,
  hixie76Request,
  hixie76Response,
  hybi10Request,
} from './draft-heads.ts';
import { EXAMPLE_CHALLENGE } from './hixie-challenge.ts';

const REQUEST = { host: 'example.com', target: '/demo', origin: 'http://example.com', subprotocol: 'sample' };
const LOCATION = 'ws://example.com/demo';
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const lines = (bytes: Uint8Array) => decodeLatin1(bytes).split('\r\n');

// The drafts fix the first three lines of a response of hixie-75; the order of the other headers is free.
test('hixie-75, as in the draft', () => {
  const request = hixie75Request(REQUEST);
  expect(lines(formatRequestHead(request))).toEqual([
    ...['GET /demo HTTP/1.1', 'Upgrade: WebSocket', 'Connection: Upgrade', 'Host: example.com'],
    ...['Origin: http://example.com', 'WebSocket-Protocol: sample', '', ''],
  ]);
  expect(lines(formatResponseHead(hixie75Response(request, LOCATION)))).toEqual([
    ...['HTTP/1.1 101 Web Socket Protocol Handshake', 'Upgrade: WebSocket', 'Connection: Upgrade'],
    ...['WebSocket-Origin: http://example.com', 'WebSocket-Location: ws://example.com/demo'],
    ...['WebSocket-Protocol: sample', '', ''],
  ]);
});

test('hixie-76, as in the draft', () => {
  const request = hixie76Request(REQUEST, EXAMPLE_CHALLENGE.key1, EXAMPLE_CHALLENGE.key2);
  expect(lines(formatRequestHead(request))).toEqual([
    ...['GET /demo HTTP/1.1', 'Upgrade: WebSocket', 'Connection: Upgrade', 'Host: example.com'],
    ...['Origin: http://example.com', 'Sec-WebSocket-Protocol: sample'],
    ...['Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5', 'Sec-WebSocket-Key2: 12998 5 Y3 1  .P00', '', ''],
  ]);
  expect(lines(formatResponseHead(hixie76Response(request, LOCATION)))).toEqual([
    ...['HTTP/1.1 101 WebSocket Protocol Handshake', 'Upgrade: WebSocket', 'Connection: Upgrade'],
    ...['Sec-WebSocket-Origin: http://example.com', 'Sec-WebSocket-Location: ws://example.com/demo'],
    ...['Sec-WebSocket-Protocol: sample', '', ''],
  ]);
});

test('HyBi-10 becomes a request of RFC 6455 that keeps every rule', () => {
  const request = hybi10Request(REQUEST, KEY);
  expect(checkRequest(request)).toMatchObject({ refusal: { httpStatus: 426 } });
  expect(checkRequest(asRfc6455(request, 'hybi-10'))).toMatchObject({
    request: { key: KEY, origin: 'http://example.com', subprotocols: ['sample'] },
  });
});

test('requests of hixie-75 and hixie-76 can be checked like those of RFC 6455', () => {
  const { key1, key2 } = EXAMPLE_CHALLENGE;
  for (const [draft, head] of [
    ['hixie-75', hixie75Request(REQUEST)],
    ['hixie-76', hixie76Request(REQUEST, key1, key2)],
  ] as const) {
    expect(checkRequest(asRfc6455(head, draft))).toMatchObject({
      request: { host: 'example.com', origin: 'http://example.com', path: '/demo' },
    });
  }
});

describe('a request tells which draft it speaks', () => {
  const { key1, key2 } = EXAMPLE_CHALLENGE;
  const without = (head: RequestHead, name: string) => ({
    ...head,
    headers: head.headers.filter((header) => header.name !== name),
  });
  test.each([
    ['hixie-75', hixie75Request(REQUEST)],
    ['hixie-76', hixie76Request(REQUEST, key1, key2)],
    ['hybi-10', hybi10Request(REQUEST, KEY)],
    // A client whose first key is missing cannot be answered as one of hixie-76.
    ['hixie-75', without(hixie76Request(REQUEST, key1, key2), 'Sec-WebSocket-Key1')],
    [undefined, createRequest({ host: 'a', target: '/', key: KEY })],
    [undefined, without(createRequest({ host: 'a', target: '/', key: KEY }), 'Sec-WebSocket-Version')],
    [undefined, without(hixie75Request(REQUEST), 'Upgrade')],
    [undefined, { ...hixie75Request(REQUEST), method: 'POST' }],
    [
      undefined,
      {
        ...hybi10Request(REQUEST, KEY),
        headers: [...hybi10Request(REQUEST, KEY).headers, { name: 'sec-websocket-version', value: '13' }],
      },
    ],
  ] as const)('%s', (draft, head) => {
    expect(draftOf(head)).toBe(draft);
  });
});
