import { describe, expect, test } from 'vitest';
import type { WireMessage } from '../../src/inspector/index.ts';
import { decodeText } from '../../src/text/utf8.ts';
import type { Tap } from './channel.ts';
import { DEFAULT_HUB_LIMITS, TapHub } from './hub.ts';
import type { TapMessage } from './ring.ts';

class Recorded implements Tap {
  readonly messages: WireMessage[] = [];
  readonly lost: [number, number][] = [];
  bufferedBytes = 0;
  wasCutOff = false;
  deliver({ encoded }: TapMessage) {
    this.messages.push(JSON.parse(decodeText(encoded.payload) ?? '') as WireMessage);
  }
  cutOff() {
    this.wasCutOff = true;
  }
  dropped(connection: number, messages: number) {
    this.lost.push([connection, messages]);
  }
  get shown() {
    return this.messages.map(({ type, connection }) => `${type} ${connection}`);
  }
}

const CLOSE = { closeCode: 1006, reason: '', clean: false };
const connectionOf = (connection: number, token?: string) => ({
  connection,
  token,
  path: '/echo',
  remote: 'here:1',
  acceptedAtMs: 0,
});

describe('a tap with a token', () => {
  test('sees its connections from their first byte, however late it joins', () => {
    const hub = new TapHub();
    const observation = hub.observe(connectionOf(1, 'a'));
    observation?.open([]);
    const early = new Recorded();
    const late = new Recorded();
    hub.join('a', early);
    observation?.chunk('in', new Uint8Array([0x47]));
    observation?.close(CLOSE);
    hub.join('a', late);
    expect(late.shown.slice(0, 2)).toEqual(['open 1', 'chunk 1']);
    expect(late.shown.slice(-2)).toEqual(['close 1', 'ending 1']);
    expect(early.messages).toEqual(late.messages);
  });

  test('sees no others', () => {
    const hub = new TapHub();
    const tap = new Recorded();
    hub.join('a', tap);
    hub.observe(connectionOf(1, 'b'))?.open([]);
    expect(hub.observe(connectionOf(2))).toBeUndefined();
    expect(tap.messages).toEqual([]);
  });

  test('learns what was dropped from the ring', () => {
    const hub = new TapHub({ ...DEFAULT_HUB_LIMITS, maxMessages: 2 });
    const observation = hub.observe(connectionOf(1, 'a'));
    observation?.open([]);
    for (let i = 0; i < 4; i++) observation?.chunk('in', new Uint8Array([0x47]));
    const tap = new Recorded();
    hub.join('a', tap);
    expect(tap.lost).toEqual([[1, 3]]);
    expect(tap.shown).toEqual(['chunk 1', 'chunk 1']);
  });

  test('gets nothing after it has left', () => {
    const hub = new TapHub();
    const tap = new Recorded();
    hub.join('a', tap);
    hub.leave('a', tap);
    hub.observe(connectionOf(1, 'a'))?.open([]);
    expect(tap.messages).toEqual([]);
  });
});

describe('tokens are bounded:', () => {
  const limits = { ...DEFAULT_HUB_LIMITS, maxTokens: 1 };

  test('one that is watched stays', () => {
    const hub = new TapHub(limits);
    const tap = new Recorded();
    expect(hub.join('a', tap)).toBe(true);
    expect(hub.join('b', new Recorded())).toBe(false);
    expect(hub.observe(connectionOf(2, 'b'))).toBeUndefined();
    hub.observe(connectionOf(1, 'a'))?.open([]);
    expect(tap.shown).toEqual(['open 1']);
  });

  test('one that nobody watches makes room, though a connection has it', () => {
    const hub = new TapHub(limits);
    const held = hub.observe(connectionOf(1, 'held by a page of another program'));
    held?.open([]);
    const tap = new Recorded();
    expect(hub.join('b', tap)).toBe(true);
    hub.observe(connectionOf(2, 'b'))?.open([]);
    // Whoever held the token is looked at no more.
    held?.chunk('in', new Uint8Array(1));
    expect(tap.shown).toEqual(['open 2']);
  });

  test('one out of use makes room', () => {
    const hub = new TapHub(limits);
    const observation = hub.observe(connectionOf(1, 'a'));
    observation?.open([]);
    observation?.close(CLOSE);
    expect(hub.join('b', new Recorded())).toBe(true);
    expect(hub.join('a', new Recorded())).toBe(false);
  });
});

test('of the messages kept for unused tokens, the oldest are dropped first', () => {
  const chunks = (hub: TapHub, connection: number, token: string) => {
    const observation = hub.observe(connectionOf(connection, token));
    observation?.open([]);
    for (let i = 0; i < 10; i++) observation?.chunk('in', new Uint8Array([0x47]));
    return observation;
  };
  const shownTo = (hub: TapHub, token: string) => {
    const tap = new Recorded();
    hub.join(token, tap);
    return tap.messages.length;
  };
  const hub = new TapHub({ ...DEFAULT_HUB_LIMITS, maxIdleBytes: 3000 });
  const inUse = chunks(hub, 1, 'in use');
  for (const [i, token] of ['first', 'second', 'third'].entries()) chunks(hub, i + 2, token)?.close(CLOSE);
  expect(shownTo(hub, 'first')).toBe(0);
  expect(shownTo(hub, 'third')).toBeGreaterThan(10);
  expect(shownTo(hub, 'in use')).toBeGreaterThan(10);
  inUse?.close(CLOSE);
});

describe('a tap without a token', () => {
  test('sees all connections that open while it is there; afterwards nothing is observed', () => {
    const hub = new TapHub();
    const tap = new Recorded();
    hub.join(undefined, tap);
    const [plain, own] = [hub.observe(connectionOf(1)), hub.observe(connectionOf(2, 'a'))];
    plain?.open([]);
    own?.open([]);
    hub.leave(undefined, tap);
    plain?.chunk('in', new Uint8Array(1));
    hub.join(undefined, tap);
    plain?.chunk('in', new Uint8Array(1));
    own?.chunk('in', new Uint8Array(1));
    // It is told again what the open connection is; the other one was lost with the bytes that nobody saw.
    expect(tap.shown).toEqual(['open 1', 'open 2', 'open 2', 'chunk 2']);
  });
});
