import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHex } from '../../../bytes/hex.ts';
import { Loopback } from '../../../lab/loopback.ts';
import { exampleEcho } from '../../base/life/example-life.ts';
import { badgeOf as badgeOfLink, linkLost } from '../../base/link/link.ts';
import type { Entry } from '../../base/log/entry.ts';
import { headLines } from '../../base/log/head-lines.ts';
import { appendToLog, EMPTY_LOG, MAX_ENTRIES } from '../../base/log/log.ts';
import { listWindow } from '../../base/panes/window.ts';
import { closeCall, refusalOfClose } from '../../base/source/close-call.ts';
import { scriptEventsOf, wire } from '../../base/source/script-events.ts';
import type { SourceEvent } from '../../base/source/source.ts';
import { badgeOf, noteOf, type Stage, titleOf } from '../first/stage.ts';
import { frameOfHash, hashOfFrame } from './address.ts';
import { sendBytes, sendText } from './draft.ts';
import { dumpOf, type InspectorState, initialInspectorState, openedHex, reduceInspector, shownOf } from './model.ts';

const example = exampleEcho();
const exampleDump = example.flatMap((event) =>
  event.type === 'wire' && event.message.type === 'frame' ? [event.message] : [],
)[0];
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
  const stage: Stage = {
    link: { state: 'example' },
    shown: exampleDump && { dump: exampleDump, origin: 'example', fromClient: true },
    arrivals: 0,
  };
  const start = initialInspectorState(stage);
  const stageOf = (state: InspectorState): Stage => ({
    link: state.link,
    shown: shownOf(state.opened),
    arrivals: state.arrivals,
  });
  const live = reduceInspector(start, { type: 'link', link: { state: 'live', host: 'localhost:8080' } });

  test('begins with what was shown before it was loaded', () => {
    expect(openedHex(start)).toBe('818537fa213d7f9f4d5158');
    expect(stageOf(start)).toEqual(stage);
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
    expect([sent.arrivals, looked.arrivals]).toEqual([1, 1]);
  });

  test('a frame that is shown already does not arrive again when the rest is loaded', () => {
    expect(reduceInspector(live, { type: 'happened', events: example }).arrivals).toBe(0);
  });

  test('clear leaves no row and no frame, and what comes later on its own opens by itself again', () => {
    const sent = reduceInspector(live, { type: 'happened', events: exampleEcho('Hi') });
    const cleared = reduceInspector(sent, { type: 'clear' });
    expect([cleared.log.entries, openedHex(cleared)]).toEqual([[], undefined]);
    expect(badgeOf(stageOf(cleared)).state).toBe('live');
    expect(titleOf(stageOf(cleared))).toBe('Send a message to see its bytes');
    const again = reduceInspector(cleared, { type: 'happened', events: exampleEcho('Ho') });
    expect(openedHex(again)).toBe('818237fa213d7f95');
  });

  test('whose bytes they are follows the frame that is open, and not the connection', () => {
    const says = (state: InspectorState) => [badgeOf(stageOf(state)).text, titleOf(stageOf(state))];
    expect(says(start)).toEqual(['an example', 'An example of what a browser sends']);
    expect(says(live)).toEqual(['an example', 'An example of what a browser sends']);
    const sent = reduceInspector(live, { type: 'happened', events: exampleEcho('Hi') });
    expect(says(sent)).toEqual(['live: your browser and localhost:8080', 'Your browser sent these bytes']);
    const linked = reduceInspector(sent, { type: 'openLinked', linked: frameOfHash('#f=81024869') ?? { problem: '' } });
    expect(says(linked)).toEqual(['an example, from the address', 'An example: the frame in the address']);
    const lost = reduceInspector(live, { type: 'link', link: linkLost('gone', 0) });
    expect(says(lost)[0]).toBe('an example; connection lost: trying again in 1 s');
    const simulated = reduceInspector(start, { type: 'link', link: { state: 'simulated', why: '' } });
    const example = reduceInspector(simulated, { type: 'happened', events: exampleEcho('Hi') });
    expect(says(example)).toEqual(['an example, simulated in this page', 'An example of what a browser sends']);
    expect(noteOf(stageOf(example))).toContain('not by your browser');
  });

  test('a pause keeps back what happens, and lets it in at its end', () => {
    const paused = reduceInspector(live, { type: 'togglePause' });
    const later = reduceInspector(paused, { type: 'happened', events: example });
    expect(later.log.entries).toEqual([]);
    expect(reduceInspector(later, { type: 'togglePause' }).log.entries.map(row)).toEqual(HELLO_ROWS);
  });

  test('a row that is opened again says the same of its bytes as the wire did', () => {
    const { entries } = appendToLog(EMPTY_LOG, example);
    const frames = entries.filter((entry) => entry.kind === 'frame');
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
  const { entries } = appendToLog(EMPTY_LOG, example);
  const [request, response] = entries.filter((entry) => entry.kind === 'handshake');
  const lines = [...headLines(request?.hex ?? '', 'request'), ...headLines(response?.hex ?? '', 'response')];
  expect(lines.map(({ name }) => name)).toContain('Sec-WebSocket-Accept');
  expect(lines.every(({ sentence }) => sentence.length > 10)).toBe(true);
  expect(headLines('474554', 'request')[0]?.sentence).toBe('The head does not end within these bytes.');
});

describe('sending', () => {
  test('bytes are repeated to exactly as many as asked for', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 300 }),
        (bytes, byteLength) => {
          const sent = sendBytes(formatHex(bytes), byteLength);
          const data = 'data' in sent ? (sent.data as Uint8Array) : expect.unreachable();
          expect([...data]).toEqual(Array.from({ length: byteLength }, (_, i) => bytes[i % bytes.length]));
        },
      ),
    );
  });

  test('the line of JavaScript reads as it would be typed', () => {
    expect(sendText('a"\n').call).toBe('ws.send("a\\"\\n")');
    expect(sendBytes('48 65', undefined)).toMatchObject({ call: 'ws.send(new Uint8Array([0x48, 0x65]))' });
  });

  test.each([
    ['48 g', '“g” is not a hex digit'],
    ['4', 'one digit'],
    ['4\u202e', '\\u{202e}'],
  ])('%j is named, and nothing is sent', (hex, words) => {
    expect(sendBytes(hex, undefined)).toEqual({ problem: expect.stringContaining(words) });
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
  expect(badgeOfLink(linkLost('', 9)).text).toBe('connection lost: no longer trying');
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
