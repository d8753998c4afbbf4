import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeLatin1 } from '../../../text/latin1.ts';
import { checkRequest } from '../request/check-request.ts';
import { findEndOfHead } from './end-of-head.ts';
import { EXAMPLE_REQUEST, EXAMPLE_RESPONSE, joinLines } from './example-heads.ts';
import { formatRequestHead, formatResponseHead } from './format-head.ts';
import { DEFAULT_HEAD_LIMITS, type Header, type RequestHead, type ResponseHead } from './head.ts';
import { parseRequestHead, parseResponseHead } from './parse-head.ts';

const characters = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index)).join('');
const textOf = (alphabet: string, constraints: fc.StringConstraints) =>
  fc.string({ ...constraints, unit: fc.constantFrom(...alphabet) });

const visible = characters(0x21, 0x7e);
const token = textOf("!#$%&'*+-.^_`|~09AZaz", { minLength: 1, maxLength: 12 });
const value = textOf(`\t ${visible}${characters(0x80, 0xff)}`, { maxLength: 30 }).map((text) =>
  text.replace(/^[\t ]+|[\t ]+$/g, ''),
);
const headers: fc.Arbitrary<Header[]> = fc.array(fc.record({ name: token, value }), { maxLength: 12 });
const httpVersion = fc.constantFrom('1.0', '1.1', '2.0');
const requestHead: fc.Arbitrary<RequestHead> = fc.record({
  method: token,
  target: textOf(visible, { minLength: 1, maxLength: 20 }),
  httpVersion,
  headers,
});
const responseHead: fc.Arbitrary<ResponseHead> = fc.record({
  httpVersion,
  httpStatus: fc.integer({ min: 100, max: 999 }),
  reasonPhrase: value,
  headers,
});
const tail = fc.uint8Array({ maxLength: 8 });

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe('format, then parse', () => {
  test('gives the same request, and leaves the bytes after it', () => {
    fc.assert(
      fc.property(requestHead, tail, (head, after) => {
        const bytes = formatRequestHead(head);
        const expected = { kind: 'complete', head, byteLength: bytes.length };
        expect(parseRequestHead(join(bytes, after))).toEqual(expected);
      }),
    );
  });

  test('gives the same response, and leaves the bytes after it', () => {
    fc.assert(
      fc.property(responseHead, tail, (head, after) => {
        const bytes = formatResponseHead(head);
        const expected = { kind: 'complete', head, byteLength: bytes.length };
        expect(parseResponseHead(join(bytes, after))).toEqual(expected);
      }),
    );
  });
});

describe('a head that has not ended', () => {
  test('every prefix of a request is incomplete', () => {
    fc.assert(
      fc.property(requestHead, (head) => {
        const bytes = formatRequestHead(head);
        for (let end = 0; end < bytes.length; end++) {
          expect(parseRequestHead(bytes.subarray(0, end))).toEqual({ kind: 'incomplete' });
        }
      }),
      { numRuns: 20 },
    );
  });

  test('every prefix of a response is incomplete', () => {
    fc.assert(
      fc.property(responseHead, (head) => {
        const bytes = formatResponseHead(head);
        for (let end = 0; end < bytes.length; end++) {
          expect(parseResponseHead(bytes.subarray(0, end))).toEqual({ kind: 'incomplete' });
        }
      }),
      { numRuns: 20 },
    );
  });

  test('its end is found if the search continues where the bytes had ended, at any cut', () => {
    const bytes = encodeLatin1(EXAMPLE_REQUEST);
    for (let cut = 0; cut < bytes.length; cut++) {
      expect(findEndOfHead(bytes.subarray(0, cut))).toBe(-1);
      expect(findEndOfHead(bytes, cut)).toBe(bytes.length);
    }
  });

  test('the search does not go back before the place that the caller names', () => {
    const bytes = encodeLatin1(EXAMPLE_REQUEST);
    expect(parseRequestHead(bytes, DEFAULT_HEAD_LIMITS, bytes.length)).toEqual({ kind: 'incomplete' });
  });
});

describe('wrong bytes never throw', () => {
  const line = fc.oneof(
    token,
    value,
    fc.constantFrom(...EXAMPLE_REQUEST.split('\r\n'), ...EXAMPLE_RESPONSE.split('\r\n')),
  );
  const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r', '\r\n ', '\0');
  const almostHead = fc
    .array(fc.tuple(line, lineEnd), { maxLength: 12 })
    .map((lines) => encodeLatin1(`${lines.flat().join('')}\r\n\r\n`));
  const soup = fc.oneof(fc.uint8Array({ maxLength: 200 }), almostHead);

  test('neither in parsing nor in checking', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(soup, (bytes) => {
        const request = parseRequestHead(bytes);
        kinds.add(request.kind);
        kinds.add(parseResponseHead(bytes).kind);
        if (request.kind === 'complete') checkRequest(request.head);
      }),
      { numRuns: 1000 },
    );
    expect(kinds).toContain('refused');
    expect(kinds).toContain('incomplete');
  });
});

describe('limits', () => {
  const limits = { maxHeadBytes: 64, maxHeaders: 2 };
  const request = (...lines: string[]) => encodeLatin1(joinLines('GET / HTTP/1.1', ...lines));

  test('a head with exactly the allowed bytes is accepted, and one more byte is not', () => {
    const most = request(`A: ${'x'.repeat(64 - request('A: ').length)}`);
    expect(parseRequestHead(most, limits).kind).toBe('complete');
    const more = request(`A: ${'x'.repeat(65 - request('A: ').length)}`);
    expect(parseRequestHead(more, limits)).toMatchObject({ kind: 'refused', refusal: { rule: 'head-too-large' } });
  });

  test('a head that is too large is refused before it ends', () => {
    const endless = encodeLatin1('x'.repeat(64));
    expect(parseRequestHead(endless.subarray(0, 63), limits).kind).toBe('incomplete');
    expect(parseRequestHead(endless, limits)).toMatchObject({ refusal: { rule: 'head-too-large', httpStatus: 431 } });
  });

  test('a head with exactly the allowed headers is accepted, and one more is not', () => {
    expect(parseRequestHead(request('A: 1', 'B: 2'), limits).kind).toBe('complete');
    expect(parseRequestHead(request('A: 1', 'B: 2', 'C: 3'), limits)).toMatchObject({
      refusal: { rule: 'too-many-headers' },
    });
  });
});

describe('the form of a head', () => {
  const ruleOf = (text: string) => {
    const result = parseRequestHead(encodeLatin1(text));
    return result.kind === 'refused' ? result.refusal.rule : result.kind;
  };
  const withHeader = (line: string) => ruleOf(joinLines('GET / HTTP/1.1', line));

  test.each([
    ['A:b', 'complete'],
    ['A: b: c', 'complete'],
    ['A:', 'complete'],
    ['A : b', 'space-before-colon'],
    ['A\t: b', 'space-before-colon'],
    [' A: b', 'folded-header'],
    ['\tA: b', 'folded-header'],
    [': b', 'malformed-header-name'],
    ['A', 'malformed-header-name'],
    ['A b: c', 'malformed-header-name'],
    ['Ä: b', 'malformed-header-name'],
    ['A: b\rC: d', 'malformed-line-end'],
    ['A: b\nC: d', 'malformed-line-end'],
    ['A: b\0', 'forbidden-character-in-header'],
    ['A: b\x7f', 'forbidden-character-in-header'],
  ])('header line %j: %s', (line, expected) => {
    expect(withHeader(line)).toBe(expected);
  });

  test.each([
    'GET / HTTP/1',
    'GET / http/1.1',
    'GET /',
    'GET  / HTTP/1.1',
    'GET / HTTP/1.1 ',
    'GET /a b HTTP/1.1',
    'G(T / HTTP/1.1',
  ])('request line %j is malformed', (line) => {
    expect(ruleOf(joinLines(line))).toBe('malformed-request-line');
  });

  test('bytes that cannot begin a head are refused without waiting for its end', () => {
    expect(parseRequestHead(Uint8Array.of(0x81))).toMatchObject({ refusal: { rule: 'malformed-request-line' } });
    expect(parseRequestHead(Uint8Array.of(0x16, 3, 1))).toMatchObject({
      refusal: { sentence: expect.stringContaining('TLS') },
    });
    expect(parseResponseHead(encodeLatin1('S'))).toMatchObject({ refusal: { rule: 'malformed-status-line' } });
    expect(parseResponseHead(encodeLatin1('HTTQ'))).toMatchObject({
      refusal: { rule: 'malformed-status-line', sentence: expect.stringContaining('Byte 4 is 51') },
    });
  });

  test('an empty line of LF alone ends a head, and the head is refused because of it', () => {
    expect(ruleOf('GET / HTTP/1.1\nHost: a\n\n')).toBe('malformed-line-end');
  });
});

test('a request means the same whatever the case of its header names', () => {
  const swapped = EXAMPLE_REQUEST.replace(/^[\w-]+(?=:)/gm, (name) =>
    [...name].map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())).join(''),
  );
  expect(swapped).toContain('sEC-wEBsOCKET-kEY:');
  const check = (text: string) => {
    const result = parseRequestHead(encodeLatin1(text));
    return result.kind === 'complete' ? checkRequest(result.head) : result;
  };
  expect(check(swapped)).toEqual(check(EXAMPLE_REQUEST));
  expect(check(swapped)).toHaveProperty('request');
});

describe('heads that our own caller cannot send', () => {
  const request: RequestHead = { method: 'GET', target: '/', httpVersion: '1.1', headers: [] };
  const response: ResponseHead = { httpVersion: '1.1', httpStatus: 101, reasonPhrase: '', headers: [] };

  test.each(['a\r\nSet-Cookie: b', 'a\nb', 'a\rb', 'a\0b', '€'])('a header with the value %j', (unfit) => {
    const headers = [{ name: 'Origin', value: unfit }];
    expect(() => formatRequestHead({ ...request, headers })).toThrow(TypeError);
    expect(() => formatResponseHead({ ...response, headers })).toThrow(TypeError);
    expect(() => formatResponseHead({ ...response, reasonPhrase: unfit })).toThrow(TypeError);
  });

  test('a name, method, target, version or status of the wrong form', () => {
    expect(() => formatRequestHead({ ...request, headers: [{ name: 'A:', value: '' }] })).toThrow(TypeError);
    expect(() => formatRequestHead({ ...request, method: 'GET /' })).toThrow(TypeError);
    expect(() => formatRequestHead({ ...request, target: '/a b' })).toThrow(TypeError);
    expect(() => formatRequestHead({ ...request, httpVersion: '1.1\r\n' })).toThrow(TypeError);
    expect(() => formatResponseHead({ ...response, httpStatus: 99 })).toThrow(TypeError);
  });
});
