import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleLife } from '../base/life/example-life.ts';
import { arrivalOf, describeLife, lastStop, livesAt, momentAt } from '../base/life/lives.ts';
import { momentsOf } from '../base/life/moment.ts';
import { nextCall } from '../base/life/script.ts';
import type { SourceEvent } from '../base/source/source.ts';
import { partsOfFrame } from './frame-parts.ts';
import { initialTimelineState, isOver, reduceTimeline, type TimelineState } from './model.ts';

const life = exampleLife('Hello');
const moments = momentsOf(life);
const initial = initialTimelineState(life);

describe('the moments of a life', () => {
  test('from TCP to the end of TCP, each with its bytes', () => {
    expect(moments.map(({ kind, from, title }) => `${from} ${kind}: ${title}`)).toEqual([
      'client tcp: TCP connection',
      'client request: request',
      'server response: 101 Switching Protocols',
      'client frame: text Hello',
      'server frame: text Hello',
      'client frame: close 1000 bye',
      'server frame: close 1000',
      'server end: end of TCP',
    ]);
    expect(moments.every(({ entry, kind }) => (entry === undefined) === (kind === 'tcp' || kind === 'end'))).toBe(true);
  });

  test('say what JavaScript said and was told', () => {
    expect(moments.flatMap(({ said }) => (said?.quiet === false ? [said.text] : []))).toEqual([
      'new WebSocket("ws://localhost:8080/echo")',
      'ws.send("Hello")',
      'ws.close(1000, "bye")',
    ]);
    expect(moments.flatMap(({ told }) => (told?.quiet === false ? [told.text] : []))).toEqual([
      'onopen',
      'onmessage: "Hello"',
      'onclose: 1000',
    ]);
  });

  test('an end without close frames says so', () => {
    const cut = life.map((event): SourceEvent => {
      return event.type === 'wire' && event.message.type === 'close'
        ? { type: 'wire', message: { ...event.message, clean: false, closeCode: 1006 } }
        : event;
    });
    expect(momentsOf(cut).at(-1)?.detail).toBe('without both close frames');
    expect(moments.at(-1)?.detail).toBe('the server ends it');
  });

  test('a refusal ends both before they were open', () => {
    const heads = life.map((event): SourceEvent => {
      if (event.type !== 'wire' || event.message.type !== 'handshake' || event.message.direction === 'in') return event;
      const hex = Array.from('HTTP/1.1 403 Forbidden', (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
      return { type: 'wire', message: { ...event.message, hex } };
    });
    const [, , response] = momentsOf(heads);
    expect(response).toMatchObject({ title: '403 Forbidden', onSender: 'failed', onReceiver: 'failed' });
  });
});

describe('the parts of a frame', () => {
  const partsOf = (text: string, place: number) => {
    const { entry } = momentsOf(exampleLife(text)).filter(({ kind }) => kind === 'frame')[place] ?? {};
    return entry?.kind === 'frame' ? partsOfFrame(entry) : [];
  };

  test('a client’s has a key, a server’s has none', () => {
    expect(partsOf('Hello', 0).map(({ name, hex }) => [name, hex.length])).toEqual([
      ['type', 1],
      ['length', 1],
      ['masking key', 4],
      ['payload, masked', 5],
    ]);
    expect(partsOf('Hello', 1).map(({ name, hex }) => [name, hex.join('')])).toEqual([
      ['type', '81'],
      ['length', '05'],
      ['payload', '48656c6c6f'],
    ]);
  });

  test('an empty payload is no part, and a long one is cut', () => {
    expect(partsOf('', 1).map(({ field }) => field)).toEqual(['opcode', 'payload-length']);
    expect(partsOf('x'.repeat(200), 1).at(-1)).toMatchObject({ hidden: 152 });
    expect(partsOf('x'.repeat(200), 1)[2]).toMatchObject({ name: 'extended length', hex: ['00', 'c8'] });
  });
});

describe('where both ends stand', () => {
  const states = Array.from({ length: lastStop(moments) + 1 }, (_, stop) => {
    const { client, server } = livesAt(moments, stop);
    return `${client ?? '-'}/${server ?? '-'}`;
  });

  test('the server is open before the client, and the client closes before the server', () => {
    expect(states).toEqual([
      '-/-',
      'connecting/-',
      'connecting/connecting',
      ...Array(2).fill('connecting/connecting'),
      'connecting/open',
      'open/open',
      ...Array(4).fill('open/open'),
      'closing/open',
      'closing/ending',
      'closing/ending',
      'ending/ending',
      'ending/closed',
      'closed/closed',
    ]);
  });

  test('a stop and its moment', () => {
    expect([0, 1, 2, 3, 4].map(momentAt)).toEqual([-1, 0, 0, 1, 1]);
    expect(momentAt(arrivalOf(3))).toBe(3);
  });

  test('JavaScript reads four states, and only of its own end', () => {
    expect(describeLife('client', 'ending').script).toBe('2, CLOSING');
    expect(describeLife('server', 'open').script).toBeUndefined();
    expect(describeLife('server', undefined).state).toBe('none');
  });
});

describe('the reader', () => {
  test('stands at first where the message has arrived', () => {
    expect(moments[momentAt(initial.stop)]).toMatchObject({ kind: 'frame', from: 'client', title: 'text Hello' });
  });

  test('may have another life once their own is over, not while they see the example', () => {
    expect(isOver(initial)).toBe(false);
    expect(isOver(reduceTimeline(initial, { type: 'link', link: { state: 'live', host: 'localhost' } }))).toBe(false);
    expect(isOver(reduceTimeline(initial, { type: 'happened', events: life }))).toBe(true);
  });

  test('never leaves the line, whatever they do', () => {
    const action = fc.oneof(
      fc.record({ type: fc.constant('go' as const), stop: fc.double({ min: -50, max: 50, noNaN: true }) }),
      fc.constant({ type: 'togglePlay' as const }),
      fc.constant({ type: 'tick' as const }),
      fc.record({ type: fc.constant('happened' as const), events: fc.constantFrom(life, life.slice(0, 3), []) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const { stop, moments: known } = actions.reduce(reduceTimeline, initial);
        expect(stop >= 0 && stop <= lastStop(known) && Number.isInteger(stop)).toBe(true);
      }),
    );
  });

  test('plays to the end, and from the beginning when it has ended', () => {
    const atEnd = reduceTimeline(initial, { type: 'go', stop: 99 });
    let state: TimelineState = reduceTimeline(atEnd, { type: 'togglePlay' });
    expect(state).toMatchObject({ stop: 0, playing: true });
    for (let i = 0; i < lastStop(moments); i++) state = reduceTimeline(state, { type: 'tick' });
    expect(state).toMatchObject({ stop: lastStop(moments), playing: false });
  });

  test('pauses by going anywhere', () => {
    const playing = reduceTimeline(initial, { type: 'togglePlay' });
    expect(reduceTimeline(playing, { type: 'go', stop: 3 })).toMatchObject({ stop: 3, playing: false });
  });

  test('comes to the stop that the address asked for, once a life has so many', () => {
    const asked = reduceTimeline(initial, { type: 'ask', stop: 12 });
    const begun = reduceTimeline(asked, { type: 'happened', events: life.slice(0, 3) });
    expect(begun.stop).toBe(lastStop(begun.moments));
    expect(reduceTimeline(begun, { type: 'happened', events: life.slice(3) }).stop).toBe(12);
  });

  test('a new connection is a new line', () => {
    const twice = reduceTimeline(initial, { type: 'happened', events: life.slice(0, 2) });
    expect(twice.moments).toHaveLength(1);
    expect(isOver(twice)).toBe(false);
  });
});

test('the page sends once it is open, closes once the echo is there, and says nothing else', () => {
  expect(nextCall({ type: 'told', topic: 'open', event: 'onopen' }, 'x')).toMatchObject({ method: 'send', data: 'x' });
  expect(nextCall({ type: 'told', topic: 'message', event: '' }, 'x')).toMatchObject({ method: 'close', code: 1000 });
  expect(nextCall({ type: 'told', topic: 'close', event: '' }, 'x')).toBeUndefined();
  expect(nextCall({ type: 'said', topic: 'open', call: '' }, 'x')).toBeUndefined();
});
