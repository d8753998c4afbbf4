import { describe, expect, test } from 'vitest';
import { EXAMPLE_KEY } from '../head/example-heads.ts';
import type { Header, RequestHead } from '../head/head.ts';
import { checkRequest } from './check-request.ts';
import { createRequest } from './request.ts';

const SOUND = createRequest({ host: 'localhost:8080', target: '/echo?x=1', key: EXAMPLE_KEY });

/** The sample request with some headers replaced or, if the value is undefined, left out. */
function withHeaders(changes: Record<string, string | undefined>, base: RequestHead = SOUND): RequestHead {
  const kept = base.headers.filter(({ name }) => !(name in changes));
  const added = Object.entries(changes).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...base, headers: [...kept, ...added.map(([name, value]): Header => ({ name, value }))] };
}

function verdict(head: RequestHead): string {
  const checked = checkRequest(head);
  return 'refusal' in checked ? `${checked.refusal.httpStatus} ${checked.refusal.rule}` : 'accepted';
}

test('a server reads these values from a request', () => {
  const head = withHeaders({
    Origin: 'http://localhost:8080',
    'Sec-WebSocket-Protocol': 'dump.json, dump.text',
    'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits, x; a="b"',
  });
  expect(checkRequest(head)).toEqual({
    request: {
      key: EXAMPLE_KEY,
      subprotocols: ['dump.json', 'dump.text'],
      extensions: ['permessage-deflate; client_max_window_bits', 'x; a="b"'],
      origin: 'http://localhost:8080',
      host: 'localhost:8080',
      path: '/echo',
      query: 'x=1',
    },
  });
});

test('empty elements of a list are skipped, and so is an empty line next to one with elements', () => {
  const head = withHeaders({ 'Sec-WebSocket-Protocol': ',a,, b ,', 'Sec-WebSocket-Extensions': ', x; y,' });
  const twoLines = { ...head, headers: [...head.headers, { name: 'Sec-WebSocket-Protocol', value: '' }] };
  expect(checkRequest(twoLines)).toMatchObject({ request: { subprotocols: ['a', 'b'], extensions: ['x; y'] } });
});

test('parts that a request leaves out are empty', () => {
  const head = { ...SOUND, target: '/' };
  const request = { key: EXAMPLE_KEY, subprotocols: [], extensions: [], origin: undefined, host: 'localhost:8080' };
  expect(checkRequest(head)).toEqual({ request: { ...request, path: '/', query: '' } });
});

describe('a request that does not ask for WebSocket is refused for that first', () => {
  test('a plain GET: 426', () => {
    const { method, target, httpVersion } = SOUND;
    const plain = { method, target, httpVersion, headers: [{ name: 'Host', value: 'a' }] };
    expect(verdict(plain)).toBe('426 missing-upgrade');
  });

  test('an Upgrade that Connection does not list is a plain GET: 426', () => {
    expect(verdict(withHeaders({ Upgrade: 'h2c', Connection: 'keep-alive' }))).toBe('426 missing-upgrade');
    expect(verdict(withHeaders({ Upgrade: 'h2c' }))).toBe('400 upgrade-not-websocket');
  });

  test('a POST without anything: 405', () => {
    expect(verdict({ ...SOUND, method: 'POST', headers: [] })).toBe('405 method-not-get');
    expect(verdict({ ...SOUND, method: 'get' })).toBe('405 method-not-get');
  });
});

describe('Upgrade and Connection are lists without case', () => {
  test.each(['Upgrade', 'upgrade', 'keep-alive, Upgrade', 'UPGRADE ,foo'])('Connection: %s', (Connection) => {
    expect(verdict(withHeaders({ Connection }))).toBe('accepted');
  });
  test.each(['keep-alive', 'upgrades', ''])('Connection: %j is refused', (Connection) => {
    expect(verdict(withHeaders({ Connection }))).toBe('400 connection-not-upgrade');
  });
  test.each(['WebSocket', 'h2c, websocket'])('Upgrade: %s', (Upgrade) => {
    expect(verdict(withHeaders({ Upgrade }))).toBe('accepted');
  });
});

describe('Host', () => {
  test.each(['a', 'a:1', '127.0.0.1:8080', '[::1]', '[::1]:8080', 'a_b.example:'])('%s', (Host) => {
    expect(verdict(withHeaders({ Host }))).toBe('accepted');
  });
  test.each(['', 'a b', 'a/b', 'a:b', 'a:65536', '::1', 'u@a', ':80', 'a, b'])('%j is refused', (Host) => {
    expect(verdict(withHeaders({ Host }))).toBe('400 malformed-host');
  });
});

describe('targets', () => {
  const request = (target: string) => {
    const checked = checkRequest({ ...SOUND, target });
    if ('refusal' in checked) return checked.refusal.rule;
    const { host, path, query } = checked.request;
    return { host, path, query };
  };
  test.each([
    ['/', 'localhost:8080', '/', ''],
    ['/a?', 'localhost:8080', '/a', ''],
    ['/a?b?c', 'localhost:8080', '/a', 'b?c'],
    ['//a/b', 'localhost:8080', '//a/b', ''],
    ['/a|{b}', 'localhost:8080', '/a|{b}', ''],
    ['ws://b:1/c?d', 'b:1', '/c', 'd'],
    ['HTTP://b?d', 'b', '/', 'd'],
    ['https://[::1]:1/c', '[::1]:1', '/c', ''],
  ])('%s', (target, host, path, query) => {
    expect(request(target)).toEqual({ host, path, query });
  });
  test.each(['*', 'a', '?a', 'a:80', 'ftp://a/', 'http://', 'http:///a', 'http://u@a/', '/a#b'])(
    '%s is refused',
    (target) => {
      expect(request(target)).toBe('malformed-target');
    },
  );
});

describe('bodies, versions and lists', () => {
  test.each([
    ['Content-Length', '0', 'accepted'],
    ['Content-Length', '1', '400 request-with-body'],
    ['Content-Length', 'x', '400 request-with-body'],
    ['Transfer-Encoding', 'chunked', '400 request-with-body'],
    ['Sec-WebSocket-Version', '8', '426 unsupported-version'],
    ['Sec-WebSocket-Version', '013', '426 unsupported-version'],
    ['Sec-WebSocket-Version', '13, 8', '426 unsupported-version'],
    ['Sec-WebSocket-Protocol', '', '400 malformed-subprotocols'],
    ['Sec-WebSocket-Protocol', 'a b', '400 malformed-subprotocols'],
    ['Sec-WebSocket-Protocol', 'a,', 'accepted'],
    ['Sec-WebSocket-Protocol', ',a, ,b', 'accepted'],
    ['Sec-WebSocket-Protocol', ', ,', '400 malformed-subprotocols'],
    ['Sec-WebSocket-Protocol', 'a,,a', '400 repeated-subprotocol'],
    ['Sec-WebSocket-Protocol', 'a, A', 'accepted'],
    ['Sec-WebSocket-Extensions', 'a; b; c=d, e', 'accepted'],
    ['Sec-WebSocket-Extensions', 'a; b="c\\d"', 'accepted'],
    ['Sec-WebSocket-Extensions', '', '400 malformed-extensions'],
    ['Sec-WebSocket-Extensions', 'a; b, , c', 'accepted'],
    ['Sec-WebSocket-Extensions', ',', '400 malformed-extensions'],
    ['Sec-WebSocket-Extensions', 'a;', '400 malformed-extensions'],
    ['Sec-WebSocket-Extensions', 'a; b=', '400 malformed-extensions'],
    ['Sec-WebSocket-Extensions', 'a; b="c d"', '400 malformed-extensions'],
    ['Sec-WebSocket-Extensions', 'a b', '400 malformed-extensions'],
  ])('%s: %s gives %s', (name, value, expected) => {
    expect(verdict(withHeaders({ [name]: value }))).toBe(expected);
  });

  test('a malformed key says at which character', () => {
    const checked = checkRequest(withHeaders({ 'Sec-WebSocket-Key': 'dGhlIHNhbX-sZSBub25jZQ==' }));
    expect(checked).toMatchObject({ refusal: { sentence: expect.stringContaining('Character 11'), httpStatus: 400 } });
  });

  test('empty elements of a list are no part of the offer', () => {
    const checked = checkRequest(withHeaders({ 'Sec-WebSocket-Protocol': 'chat,, superchat' }));
    expect(checked).toMatchObject({ request: { subprotocols: ['chat', 'superchat'] } });
  });

  test('subprotocols on two lines are one list', () => {
    const twoLines = [
      { name: 'Sec-WebSocket-Protocol', value: 'a' },
      { name: 'sec-websocket-protocol', value: 'a' },
    ];
    expect(verdict({ ...SOUND, headers: [...SOUND.headers, ...twoLines] })).toBe('400 repeated-subprotocol');
  });
});
