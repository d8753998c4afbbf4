import { describe, expect, test } from 'vitest';
import { ConnectionObserver } from '../inspector/wire/observer.ts';
import type { CloseEvent, OpenEvent } from '../protocol/endpoint/effects.ts';
import { Endpoint } from '../protocol/endpoint/endpoint.ts';
import { EXAMPLE_KEY } from '../protocol/handshake/head/example-heads.ts';
import { createRequest } from '../protocol/handshake/request/request.ts';
import { checkResponse } from '../protocol/handshake/response/check-response.ts';
import { RESPONSE_RULES } from '../protocol/handshake/response/rules.ts';
import { FRAME_RULES } from '../protocol/rules.ts';
import { BREAKING_ACTS, findAct, LAB_ACTS, type LabAct } from './acts.ts';
import { closeAct } from './closing-acts.ts';
import { wordsOfAct } from './words-of-act.ts';

const KEY = 'AAECAwQFBgcICQoLDA0ODw==';
const REQUEST = createRequest({ host: 'localhost', target: '/lab/act', key: KEY });

/** A right answer: its bytes and its head. */
function answer() {
  const [write, told] = new Endpoint({ role: 'server' }).acceptRequest(REQUEST);
  if (write?.type !== 'write' || told?.type !== 'event') throw new Error('the request is not answered');
  return { bytes: write.bytes, response: (told.event as OpenEvent).response };
}

/** The rules that a server's frames break, as the inspector sees them, and as a client is told. */
function judged(frames: readonly Uint8Array[]) {
  const observer = new ConnectionObserver({ connection: 1, path: '', remote: '' });
  const client = new Endpoint({
    role: 'client',
    request: { host: 'localhost', target: '/lab/act', key: KEY },
    nextMaskingKey: () => 0,
  });
  client.connect();
  const received = [answer().bytes, ...frames];
  const messages = received.flatMap((bytes) => observer.chunk('out', bytes, 0));
  const effects = [...received.flatMap((bytes) => [...client.receive(bytes.slice())]), ...client.receiveEnd()];
  const close = effects.flatMap((effect) => (effect.type === 'event' ? [effect.event] : [])).at(-1) as CloseEvent;
  const seen = messages.flatMap((message) => (message.type === 'frame' ? message.violations : []));
  return { seen: seen.map(({ rule }) => rule), told: close.violation?.rule };
}

const framesOf = ({ behavior }: LabAct) => (behavior.kind === 'frames' ? behavior.frames() : []);

describe.each(BREAKING_ACTS.filter(({ behavior }) => behavior.kind === 'frames'))('the act $name', (act) => {
  test('breaks the rule that it names, in the section that it names', () => {
    const { rule, section } = wordsOfAct(act);
    const { seen, told } = judged(framesOf(act));
    expect(seen).toEqual([rule]);
    // What stands behind a close frame no endpoint reads any more.
    expect(told).toBe(rule === 'data-frame-after-close' ? undefined : rule);
    expect(FRAME_RULES.find(({ name }) => name === rule)?.section).toBe(section);
  });

  test('keeps all rules up to its last frame', () => {
    expect(judged(framesOf(act).slice(0, -1))).toEqual({ seen: [], told: undefined });
  });
});

describe.each(BREAKING_ACTS.filter(({ behavior }) => behavior.kind === 'response'))('the act $name', (act) => {
  test('is refused by the rule that it names', () => {
    const { response } = answer();
    const { behavior } = act;
    const { rule } = wordsOfAct(act);
    if (behavior.kind !== 'response') throw new Error('no response to change');
    const checked = checkResponse(behavior.change(response), { key: KEY, subprotocols: [] });
    expect(checked).toMatchObject({ refusal: { rule } });
    expect(Object.values(RESPONSE_RULES).map(({ name }) => String(name))).toContain(rule);
    expect(checkResponse(response, { key: KEY, subprotocols: [] })).not.toHaveProperty('refusal');
  });
});

test('every rule that a server can break, whatever its peer takes, is broken by an act', () => {
  const breakable = FRAME_RULES.filter(({ brokenBy, limits }) => brokenBy !== 'client' && limits === undefined);
  const broken = new Set(BREAKING_ACTS.map((act) => wordsOfAct(act).rule));
  expect(breakable.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
});

test('the other acts break none', () => {
  const others = LAB_ACTS.filter((act) => !BREAKING_ACTS.includes(act));
  expect(others.length).toBeGreaterThan(4);
  for (const act of others) {
    expect(wordsOfAct(act).rule).toBeUndefined();
    expect([act.name, judged(framesOf(act))]).toEqual([act.name, { seen: [], told: undefined }]);
  }
});

test('names are unique, and lead to their acts', () => {
  expect(new Set(LAB_ACTS.map(({ name }) => name)).size).toBe(LAB_ACTS.length);
  for (const { name, behavior } of LAB_ACTS) {
    expect(findAct(name)).toMatchObject({ act: { name, behavior: { kind: behavior.kind } } });
  }
});

test('an act without words is the mistake of who wrote it', () => {
  expect(() => wordsOfAct({ name: 'new', behavior: { kind: 'silence' } })).toThrow('act-words.ts');
});

test('the accept of the act wrong-accept is wrong for a random key, too', () => {
  expect(KEY).not.toBe(EXAMPLE_KEY);
});

describe('findAct', () => {
  const bytesOf = (found: ReturnType<typeof findAct>) => ('act' in found ? framesOf(found.act).map(String) : found);

  test('a ping carries the payload that is asked for', () => {
    expect(bytesOf(findAct('ping', '6869'))).toEqual([String([0x89, 2, 0x68, 0x69])]);
    expect(bytesOf(findAct('unsolicited-pong', '00'))).toEqual([String([0x8a, 1, 0])]);
  });

  test('a close carries any code and a reason', () => {
    expect(bytesOf(findAct('close-4000', 'bye'))).toEqual([String([0x88, 5, 15, 160, 98, 121, 101])]);
    expect(wordsOfAct(closeAct(4000)).rule).toBeUndefined();
    expect(wordsOfAct(closeAct(1006))).toMatchObject({ section: '7.4.1', rule: 'close-code-1006' });
  });

  test.each([
    ['ping', '6', 'half a byte'],
    ['ping', '0000: 6869', 'looks like the offset'],
    ['ping', '00'.repeat(126), 'at most 125 bytes'],
    ['ping', `00${' '.repeat(999)}`, 'At most 1000 are allowed, for 125 bytes'],
    ['unsolicited-pong', ']'.repeat(1_000_000), 'has 1000000 characters of hex. At most 1000'],
    ['close-1000', 'é'.repeat(62), 'at most 123 bytes'],
    ['close-1000', 'x'.repeat(1_000_000), 'at most 123 bytes'],
    ['close-65536', '', 'no act with this name'],
    ['close-', '', 'no act with this name'],
    ['constructor', '', 'no act with this name'],
    ['masked-frame', '00', 'has no payload and no reason'],
  ])('%s, %#: what is wrong is said', (name, detail, problem) => {
    expect(findAct(name, detail)).toEqual({ problem: expect.stringContaining(problem) });
  });
});
