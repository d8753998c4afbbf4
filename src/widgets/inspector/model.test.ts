import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Loopback } from '../../lab/loopback.ts';
import { exampleEcho } from '../base/life/example-life.ts';
import { badgeOf, linkLost } from '../base/link/link.ts';
import type { Entry } from '../base/log/entry.ts';
import { headLines } from '../base/log/head-lines.ts';
import { appendToLog, EMPTY_LOG, MAX_ENTRIES } from '../base/log/log.ts';
import { closeCall, refusalOfClose } from '../base/source/close-call.ts';
import { scriptEventsOf, wire } from '../base/source/script-events.ts';
import type { SourceEvent } from '../base/source/source.ts';
import { frameOfHash, hashOfFrame } from './address.ts';
import { sendCall } from './draft.ts';
import { dumpOf, initialInspectorState, openedHex, reduceInspector } from './model.ts';
import { listWindow } from './window.ts';

const example = exampleEcho();
const row = ({ kind, fromClient, said, told }: Entry) =>
  `${kind} ${fromClient ? 'out' : 'in'} | ${said?.text ?? ''} | ${told?.text ?? ''}`;

const HELLO_ROWS = [
  'handshake out | new WebSocket("ws://localhost:8080/echo") | ',
  'handshake in |  | onopen',
  'frame out | ws.send("Hello") | ',
  'frame in |  | onmessage: "Hello"',
];

test('each row of the wire stands beside the JavaScript that caused it or heard of it', () => {
  expect(appendToLog(EMPTY_LOG, example).entries.map(row)).toEqual(HELLO_ROWS);
});

test('wire and JavaScript come by different ways: whichever is first, the rows are the same', () => {
  const scripts = example.filter((event) => event.type !== 'wire');
  const wires = example.filter((event) => event.type === 'wire');
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: example.length, maxLength: example.length }), (order) => {
      const [fromScript, fromWire] = [[...scripts], [...wires]] as [SourceEvent[], SourceEvent[]];
      const mixed = order.flatMap((first) => (first ? fromScript : fromWire).splice(0, 1));
      // A call is always there before its bytes are; only events may come before or after theirs.
      const said = example.filter((event) => event.type === 'said');
      const rest = [...mixed, ...fromScript, ...fromWire].filter((event) => event.type !== 'said');
      expect(appendToLog(EMPTY_LOG, [...said, ...rest]).entries.map(row)).toEqual(HELLO_ROWS);
    }),
  );
});

test('what the browser does by itself is said to be nobody’s call, and of a ping the page is told nothing', () => {
  const loopback = new Loopback({
    path: '/echo',
    host: 'localhost',
    key: 'dGhlIHNhbXBsZSBub25jZQ==',
    nextMaskingKey: () => 1,
    now: () => 0,
  });
  loopback.connect();
  loopback.takeClientEvents();
  const events = [...wire(loopback.ping('server')), ...wire(loopback.close(4000, 'bye', 'server'))];
  const rows = appendToLog(EMPTY_LOG, [...events, ...loopback.takeClientEvents().flatMap(scriptEventsOf)]).entries.map(
    row,
  );
  expect(rows).toEqual([
    'frame in |  | nothing: no page hears of a ping',
    'frame out | nothing: the browser answers pings by itself | ',
    'frame in |  | nothing yet: TCP must end first',
    'frame out | nothing: the browser answers the close by itself | ',
    'end in |  | onclose: 4000 "bye"',
  ]);
});

describe('the inspector', () => {
  const start = initialInspectorState(example);
  const live = reduceInspector(start, { type: 'link', link: { state: 'live', host: 'localhost:8080' } });

  test('opens the worked example’s own frame, which the address then names', () => {
    expect(openedHex(start)).toBe('818537fa213d7f9f4d5158');
    expect(start.request?.firstLine).toBe('GET /echo HTTP/1.1');
  });

  test('a new source empties the list and leaves the opened frame open', () => {
    expect(live.log.entries).toEqual([]);
    expect(openedHex(live)).toBe('818537fa213d7f9f4d5158');
  });

  test('a companion that was lost and found goes on with the list; a simulation does not mix into it', () => {
    const sent = reduceInspector(live, { type: 'happened', events: example });
    const lost = reduceInspector(sent, { type: 'link', link: linkLost('gone', 0) });
    expect(lost.connection).toBe('closed');
    const found = reduceInspector(lost, { type: 'link', link: { state: 'live', host: 'localhost:8080' } });
    expect(found.log.entries.map(row)).toEqual(HELLO_ROWS);
    const simulated = reduceInspector(lost, { type: 'link', link: { state: 'simulated', why: '' } });
    expect(simulated.log.entries).toEqual([]);
  });

  test('the frame of what is sent opens by itself, in place of the example', () => {
    const sent = reduceInspector(live, { type: 'happened', events: exampleEcho('Hi') });
    expect(sent.connection).toBe('open');
    expect(openedHex(sent)).toBe('818237fa213d7f93');
    const [, , , echo] = sent.log.entries;
    const looked = reduceInspector(sent, { type: 'open', id: echo?.id ?? -1 });
    expect(openedHex(looked)).toBe('81024869');
  });

  test('a pause keeps back what happens, and lets it in at its end', () => {
    const paused = reduceInspector(live, { type: 'togglePause' });
    const later = reduceInspector(paused, { type: 'happened', events: example });
    expect(later.log.entries).toEqual([]);
    expect(reduceInspector(later, { type: 'togglePause' }).log.entries.map(row)).toEqual(HELLO_ROWS);
  });

  test('a row that is opened again says the same of its bytes as the wire did', () => {
    const frames = start.log.entries.filter((entry) => entry.kind === 'frame');
    const dumps = example.flatMap((event) =>
      event.type === 'wire' && event.message.type === 'frame' ? [event.message] : [],
    );
    expect(frames.map(dumpOf)).toEqual(
      dumps.map(
        ({ type: _, connection: _connection, direction: _direction, timeMs: _time, offset: _offset, ...dump }) => dump,
      ),
    );
  });
});

test('only so many rows are kept, the rest is counted', () => {
  const frame = example.find((event) => event.type === 'wire' && event.message.type === 'frame') as SourceEvent;
  const log = appendToLog(
    EMPTY_LOG,
    Array.from({ length: MAX_ENTRIES + 5 }, () => frame),
  );
  expect(log.entries).toHaveLength(MAX_ENTRIES);
  expect(log.dropped).toBe(5);
});

test('the lines of a head are explained, each by its own sentence', () => {
  const { request, response } = initialInspectorState(example);
  const lines = [...headLines(request?.hex ?? '', 'request'), ...headLines(response?.hex ?? '', 'response')];
  expect(lines.map(({ name }) => name)).toContain('Sec-WebSocket-Accept');
  expect(lines.every(({ sentence }) => sentence.length > 10)).toBe(true);
  expect(headLines('474554', 'request')[0]?.sentence).toBe('The head does not end within these bytes.');
});

describe('sending', () => {
  test('a text is repeated to exactly the bytes asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 20 }),
        fc.integer({ min: 1, max: 300 }),
        (text, byteLength) => {
          const call = sendCall({ text, as: 'text', byteLength });
          expect('data' in call && new TextEncoder().encode(call.data as string).length).toBe(byteLength);
        },
      ),
    );
  });

  test.each([
    [{ text: 'Hello', as: 'text' }, 'ws.send("Hello")'],
    [{ text: 'a"\n', as: 'text' }, 'ws.send("a\\"\\n")'],
    [{ text: '48 65', as: 'binary' }, 'ws.send(new Uint8Array([0x48, 0x65]))'],
  ] as const)('%j reads %s', (draft, line) => {
    expect(sendCall({ ...draft, byteLength: undefined })).toMatchObject({ call: line });
  });

  test('what is no hex is named, and nothing is sent', () => {
    expect(sendCall({ text: '48 g', as: 'binary', byteLength: undefined })).toEqual({
      problem: expect.stringContaining('"g"'),
    });
  });

  test.each([
    ['', '', 'ws.close()', undefined],
    ['1000', 'done', 'ws.close(1000, "done")', undefined],
    ['1002', '', 'ws.close(1002)', expect.stringContaining('InvalidAccessError')],
    ['1000', 'é'.repeat(62), undefined, expect.stringContaining('124 bytes')],
  ])('close(%s, %s)', (code, reason, line, refusal) => {
    const call = closeCall(code, reason);
    if (line !== undefined) expect(call.call).toBe(line);
    expect(refusalOfClose(call)).toEqual(refusal);
  });
});

describe('the address', () => {
  test('names a frame and finds it again', () => {
    const hash = hashOfFrame('818537fa213d7f9f4d5158') ?? '';
    expect(frameOfHash(hash)).toMatchObject({ dump: { payload: { text: 'Hello' }, violations: [] } });
  });

  test.each([
    ['#f=zz', 'not a hex digit'],
    ['#f=', 'no bytes'],
  ])('%s: a problem in words', (hash, words) => {
    expect(frameOfHash(hash)).toEqual({ problem: expect.stringContaining(words) });
  });

  test('a broken header in it is marked', async () => {
    expect(frameOfHash('#f=c100')).toMatchObject({ dump: { violations: [{ rule: 'rsv1-set' }] } });
    expect(frameOfHash('#key=x')).toBeUndefined();
  });
});

test('a lost companion is looked for after longer and longer waits, and not for ever', () => {
  const waits = Array.from({ length: 9 }, (_, attempt) => linkLost('', attempt)).map(
    (link) => link.state === 'lost' && link.waitMs,
  );
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000, undefined, undefined]);
  expect(badgeOf(linkLost('', 9)).text).toBe('connection lost: no longer trying');
});

test('the window of a list has all its rows or their room, once', () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.nat(5_000_000), fc.integer({ min: 50, max: 2000 }), (count, scrollTop, height) => {
      const { first, end, aboveHeight, belowHeight } = listWindow(count, 36, scrollTop, height);
      expect(aboveHeight + (end - first) * 36 + belowHeight).toBe(count * 36);
      expect(end - first).toBeGreaterThanOrEqual(0);
      expect(end - first).toBeLessThan(height / 36 + 30);
    }),
  );
});
