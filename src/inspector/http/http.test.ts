import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRequestHead, parseResponseHead } from '../../protocol/handshake/head/parse-head.ts';
import { decodeLatin1, encodeLatin1 } from '../../text/latin1.ts';
import { framingOfRequest, framingOfResponse } from './body-framing.ts';
import { type HttpPart, MessageFollower } from './message-follower.ts';
import { parseCurl } from './parse-curl.ts';
import { replaceHeader } from './replace-header.ts';

const requests = () => new MessageFollower(parseRequestHead, framingOfRequest);

function follow(text: string, cuts: readonly number[]) {
  const bytes = encodeLatin1(text);
  const follower = requests();
  const parts: HttpPart<never>[] = [];
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((left, right) => left - right);
  let at = 0;
  for (const end of ends) {
    // The bytes of a part are used until the next chunk.
    for (const part of follower.push(bytes.slice(at, end)))
      parts.push({ ...part, bytes: part.bytes.slice() } as HttpPart<never>);
    at = end;
  }
  return { parts, follower };
}

const body = fc.string({ maxLength: 30 }).map((text) => text.replace(/[^ -~]/g, 'x'));
const message = fc.oneof(
  fc.constant('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
  body.map((text) => `POST /a HTTP/1.1\r\nContent-Length: ${text.length}\r\n\r\n${text}`),
  fc
    .array(
      body.filter((text) => text !== ''),
      { maxLength: 4 },
    )
    .map((chunks) => {
      const written = chunks.map((chunk) => `${chunk.length.toString(16)};a=b\r\n${chunk}\r\n`).join('');
      return `PUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${written}0\r\nTrailer: x\r\n\r\n`;
    }),
);

test('every head of a connection is found, however it is cut, and all parts together are its bytes', () => {
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(1000), { maxLength: 12 }),
      (all, cuts) => {
        const { parts, follower } = follow(all.join(''), cuts);
        expect(parts.map(({ bytes }) => decodeLatin1(bytes)).join('')).toBe(all.join(''));
        const heads = parts.filter(({ kind }) => kind === 'head').map(({ bytes }) => decodeLatin1(bytes));
        expect(heads).toEqual(all.map((each) => each.slice(0, each.indexOf('\r\n\r\n') + 4)));
        expect(follower.isBetweenMessages).toBe(true);
      },
    ),
  );
});

test('whatever the bytes are, none is lost, added or held back, but those of an unfinished head', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (chunks) => {
      const follower = requests();
      const seen = chunks.flatMap((chunk) => [...follower.push(chunk)].map(({ bytes }) => Buffer.from(bytes)));
      expect(Buffer.concat([...seen, follower.unfinished]).equals(Buffer.concat(chunks))).toBe(true);
    }),
  );
});

describe('where the body of a response ends', () => {
  const framing = (head: string, method: string) => {
    const parsed = parseResponseHead(encodeLatin1(`HTTP/1.1 ${head}\r\n\r\n`));
    return parsed.kind === 'complete' ? framingOfResponse(parsed.head, method).kind : parsed.kind;
  };
  test.each([
    ['200 OK\r\nContent-Length: 5', 'GET', 'length'],
    ['200 OK\r\nContent-Length: 5', 'HEAD', 'none'],
    ['200 OK', 'GET', 'rest'],
    ['204 No Content', 'GET', 'none'],
    ['304 Not Modified\r\nContent-Length: 5', 'GET', 'none'],
    ['100 Continue', 'POST', 'none'],
    ['101 Switching Protocols', 'GET', 'rest'],
    ['200 OK\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 5', 'GET', 'chunked'],
    ['200 OK\r\nContent-Length: five', 'GET', 'rest'],
  ])('%j to %s', (head, method, kind) => {
    expect(framing(head, method)).toBe(kind);
  });
});

test('a chunk size that is none ends the following, and the bytes pass', () => {
  const { parts, follower } = follow('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc', []);
  expect(follower.isLost).toBe(true);
  expect(parts.map(({ kind }) => kind)).toEqual(['head', 'other']);
});

test('a header is replaced in each of its lines, and nothing else', () => {
  const head = 'GET /Host: HTTP/1.1\r\nX-Host: a\r\nhost:\ta \r\nHOST:b\r\n\r\n';
  expect(decodeLatin1(replaceHeader(encodeLatin1(head), 'Host', () => 'c'))).toBe(
    'GET /Host: HTTP/1.1\r\nX-Host: a\r\nhost:\tc \r\nHOST:c\r\n\r\n',
  );
});

test.each([
  ["curl 'wss://h/x' -H 'A: b' --compressed", 'wss://h/x', ['A: b']],
  ['curl "https://h/x" -H "Sec-WebSocket-Key: k" -u me:pw', 'wss://h/x', ['Authorization: Basic bWU6cHc=']],
  ['wscat -c ws://h:1/ -H "Cookie: a=\\"b\\"" -s chat', 'ws://h:1/', ['Cookie: a="b"', 'Sec-WebSocket-Protocol: chat']],
  ["curl 'ws://h/' \\\n  -H $'X: a\\'b' ^\n -b c=d", 'ws://h/', ["X: a'b", 'Cookie: c=d']],
])('%s', (line, url, headers) => {
  const parsed = parseCurl(line);
  expect(parsed?.url).toBe(url);
  expect(parsed?.headers.map(({ name, value }) => `${name}: ${value}`)).toEqual(headers);
});

test('a line without an address is none', () => {
  expect(parseCurl('curl -H "A: b"')).toBeUndefined();
});
