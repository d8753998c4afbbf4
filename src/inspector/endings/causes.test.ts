import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatHex } from '../../bytes/hex.ts';
import { encodeCloseBody } from '../../protocol/closing/close-body.ts';
import { encodeFrame } from '../../protocol/framing/frame.ts';
import { computeAccept } from '../../protocol/handshake/accept/accept-key.ts';
import { encodeText } from '../../text/utf8.ts';
import { STATUS_MEANINGS } from './causes/handshake/http-statuses.ts';
import { CAUSES } from './causes.ts';
import { createEndingFinder } from './create-ending-finder.ts';
import { endingOfRecorded, type RecordedConnection, type RecordedEvent, replay } from './replay.ts';

const DIRECTORY = fileURLToPath(new URL('../../../content/recordings/endings/', import.meta.url));

interface Recording extends RecordedConnection {
  readonly cause: string;
}

const recordings = globSync(`${DIRECTORY}*.json`)
  .sort()
  .map((file): [string, Recording] => [basename(file, '.json'), JSON.parse(readFileSync(file, 'utf8')) as Recording]);

describe('connections of real programs', () => {
  test('there are many', () => expect(recordings.length).toBeGreaterThan(25));

  test.each(recordings)('%s', (_, { cause, ...recording }) => {
    const ending = endingOfRecorded(recording);
    expect(ending.cause).toBe(cause);
    expect(ending.sentence).toMatch(/^[A-Z].*[.]$/);
  });

  test.each(recordings)('%s: without its end, nothing is claimed about the end', (_, { events, programs }) => {
    const finder = createEndingFinder(1);
    for (const observed of replay({ programs, events })) {
      if (observed.type === 'tcp' || (observed.type === 'frame' && observed.opcode === 8)) break;
      finder.take(observed);
    }
    const { cause, endedBy, tcp } = finder.ending();
    const fromBytesAlone = [
      'still-open',
      'recording-cut',
      'two-upgrade-handlers',
      ...CAUSES.filter(({ group }) => group === 'never-opened').map(({ name }) => name),
    ];
    expect(fromBytesAlone).toContain(cause);
    expect({ endedBy, tcp }).toEqual({ endedBy: undefined, tcp: undefined });
  });

  test.each(recordings)('%s: with a gap, nothing is told from silence', (_, recording) => {
    const finder = createEndingFinder(1);
    for (const [i, observed] of replay(recording).entries()) {
      if (i === 3) finder.gap();
      finder.take(observed);
    }
    expect(['proxy-idle-timeout', 'ended-after-silence', 'ping-unanswered', 'no-answer']).not.toContain(
      finder.ending().cause,
    );
  });
});

// What no program at hand could be made to do, with the bytes that the protocol prescribes.

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const hexOf = (text: string) => formatHex(encodeText(text));
const head = (...lines: string[]) => hexOf(`${lines.join('\r\n')}\r\n\r\n`);
const request = (...lines: string[]) =>
  head(
    'GET / HTTP/1.1',
    'Host: a',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${KEY}`,
    'Sec-WebSocket-Version: 13',
    ...lines,
  );
const response = (...lines: string[]) =>
  head(
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${computeAccept(KEY)}`,
    ...lines,
  );
const OPENED: readonly RecordedEvent[] = [
  [0, 'in', request()],
  [2, 'out', response()],
];
const frame = (opcode: number, payload: Uint8Array, masked = false) =>
  formatHex(encodeFrame({ opcode, payload, ...(masked && { maskingKey: 0x37fa213d }) }));
const text = (payload: string, masked = false) => frame(1, encodeText(payload), masked);
const close = (code?: number, reason = '', masked = false) => frame(8, encodeCloseBody(code, reason), masked);

const tell = (...events: RecordedEvent[]) => endingOfRecorded({ programs: '', events });
const afterOpening = (...events: RecordedEvent[]) => tell(...OPENED, ...events);

type Prescribed = readonly [cause: string, events: readonly RecordedEvent[], words: string];

const AFTER_OPENING: readonly Prescribed[] = [
  [
    'policy-violation',
    [
      [10, 'out', close(1008, 'bad token')],
      [12, 'in', close(1008, '', true)],
      [13, 'out', 'FIN'],
    ],
    '"bad token"',
  ],
  [
    'slow-reader',
    [
      [10, 'out', text('x'.repeat(60_000))],
      [20, 'out', close(1008, 'slow consumer')],
      [21, 'out', 'FIN'],
    ],
    '"slow consumer"',
  ],
  [
    'unsupported-data',
    [
      [10, 'out', close(1003)],
      [11, 'out', 'FIN'],
    ],
    '1003',
  ],
  [
    'mandatory-extension',
    [
      [10, 'in', close(1010, '', true)],
      [11, 'in', 'FIN'],
    ],
    '1010',
  ],
  [
    'try-again-later',
    [
      [10, 'out', close(1013)],
      [11, 'out', 'FIN'],
    ],
    '1013',
  ],
  [
    'bad-gateway',
    [
      [10, 'out', close(1014)],
      [11, 'out', 'FIN'],
    ],
    '1014',
  ],
  [
    'library-code',
    [
      [10, 'out', close(3000)],
      [11, 'out', 'FIN'],
    ],
    '3000',
  ],
  [
    'protocol-error-reported',
    [
      [10, 'in', close(1002, 'Invalid frame', true)],
      [11, 'in', 'FIN'],
    ],
    '"Invalid frame"',
  ],
  [
    'server-keeps-tcp',
    [
      [10, 'in', close(1000, '', true)],
      [11, 'out', close(1000)],
      [2015, 'in', 'FIN'],
    ],
    '2.0 s later',
  ],
  [
    'page-left',
    [
      [10, 'in', close(1001, '', true)],
      [11, 'out', close(1001)],
      [12, 'out', 'FIN'],
    ],
    '1001 (going away)',
  ],
  [
    'ping-unanswered',
    [
      [20_000, 'out', frame(9, encodeText('k'))],
      [40_001, 'out', close(1011, 'keepalive ping timeout')],
      [40_002, 'out', 'FIN'],
    ],
    'no pong for 20.0 s',
  ],
  ['ended-after-silence', [[77_700, 'out', 'FIN']], 'No byte for 77.6 s'],
  ['recording-cut', [[10, 'out', '82640102']], 'within a frame'],
];

const NEVER_OPENED: readonly Prescribed[] = [
  [
    'plain-on-tls-port',
    [
      [0, 'in', request()],
      [1, 'out', '15030300020232'],
      [2, 'out', 'FIN'],
    ],
    'TLS record',
  ],
  [
    'http2-spoken',
    [
      [0, 'in', request()],
      [1, 'out', '00000c04000000000000010000100000030000006400000408000000000000'],
      [2, 'out', 'FIN'],
    ],
    'HTTP/2',
  ],
  [
    'no-answer',
    [
      [0, 'in', request()],
      [5003, 'in', 'FIN'],
    ],
    '5.0 s later',
  ],
  [
    'request-unfinished',
    [
      [0, 'in', hexOf('GET / HTTP/1.1\r\nHost: a\r\n')],
      [5003, 'out', 'FIN'],
    ],
    'empty line',
  ],
  [
    'no-subprotocol-chosen',
    [
      [0, 'in', request('Sec-WebSocket-Protocol: chat')],
      [1, 'out', response()],
      [3, 'in', 'FIN'],
    ],
    '"chat"',
  ],
];

describe('causes from the bytes that the protocol prescribes', () => {
  test.each(AFTER_OPENING)('%s', (cause, events, words) => {
    const ending = afterOpening(...events);
    expect(ending.cause).toBe(cause);
    expect(ending.sentence).toContain(words);
  });

  test.each(NEVER_OPENED)('%s', (cause, events, words) => {
    const { sentence, ...ending } = tell(...events);
    expect(ending.cause).toBe(cause);
    expect(sentence).toContain(words);
  });

  test.each(STATUS_MEANINGS)('status $status', ({ status, likely }) => {
    const ending = tell([0, 'in', request()], [1, 'out', head(`HTTP/1.1 ${status} Something`)], [2, 'out', 'FIN']);
    expect(ending.cause).toBe('refused-with-status');
    expect(ending.sentence).toContain(likely);
  });
});

test('every cause has an example', () => {
  const shown = new Set([
    ...recordings.map(([, { cause }]) => cause),
    ...[...AFTER_OPENING, ...NEVER_OPENED].map(([cause]) => cause),
  ]);
  expect(CAUSES.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual(['still-open', 'unknown']);
});

describe('what must not be claimed', () => {
  const idle = (endMs: number, ...events: RecordedEvent[]) => afterOpening(...events, [endMs, 'out', 'FIN']).cause;

  test('no idle timeout of a proxy if a side closed, if the silence is no round number, or if it is short', () => {
    expect(idle(60_010)).toBe('proxy-idle-timeout');
    expect(idle(60_010, [5, 'out', close(1000)])).not.toBe('proxy-idle-timeout');
    expect(idle(58_500)).toBe('ended-after-silence');
    expect(idle(63_000)).toBe('ended-after-silence');
    expect(idle(2_002)).toBe('server-ended-tcp');
    expect(idle(3_400)).toBe('server-ended-tcp');
  });

  test('a ping keeps a connection busy: the silence begins after it', () => {
    expect(
      idle(60_010, [30_000, 'out', frame(9, encodeText(''))], [30_001, 'in', frame(10, encodeText(''), true)]),
    ).toBe('proxy-idle-timeout');
    expect(
      idle(60_010, [33_000, 'out', frame(9, encodeText(''))], [33_001, 'in', frame(10, encodeText(''), true)]),
    ).toBe('ended-after-silence');
  });

  test('an old broken rule is not the reason for a close with 1000', () => {
    const ending = afterOpening(
      [5, 'in', '810548656c6c6f'],
      [10, 'out', close(1000)],
      [11, 'in', close(1000, '', true)],
      [12, 'out', 'FIN'],
    );
    expect(ending.cause).toBe('normal-closure');
  });

  test('compressed frames break no rule if permessage-deflate was agreed on', () => {
    const extension = 'Sec-WebSocket-Extensions: permessage-deflate';
    const ending = tell(
      [0, 'in', request(extension)],
      [1, 'out', response(extension)],
      [5, 'out', 'c107f248cdc9c90700'],
      [9, 'in', 'FIN'],
    );
    expect(ending.cause).toBe('client-ended-tcp');
  });

  test('a client that went on after a wrong 101 did not end because of it', () => {
    const ending = tell(
      [0, 'in', request()],
      [1, 'out', response('Sec-WebSocket-Protocol: chat')],
      [5, 'in', text('Hello', true)],
      [60_005, 'out', 'FIN'],
    );
    expect(ending.cause).toBe('proxy-idle-timeout');
  });

  test('an unanswered ping just before the end says nothing', () => {
    expect(afterOpening([1000, 'out', frame(9, encodeText('k'))], [1500, 'out', 'FIN']).cause).toBe('server-ended-tcp');
  });
});

/** Any connection: frames of both sides, and any end. */
const anyEvents = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 70_000 }),
      fc.constantFrom('in' as const, 'out' as const),
      fc.constantFrom('text', 'ping', 'pong', 'close', 'cut', 'FIN', 'RST', 'wrong'),
    ),
    { maxLength: 12 },
  )
  .map((steps) => {
    let timeMs = 10;
    return steps.map(([waitMs, direction, what]): RecordedEvent => {
      timeMs += waitMs;
      const masked = direction === 'in';
      const hex = {
        text: text('Hello', masked),
        ping: frame(9, encodeText('k'), masked),
        pong: frame(10, encodeText('k'), masked),
        close: close(1000, 'bye', masked),
        cut: '82640102',
        wrong: 'f105',
        FIN: 'FIN',
        RST: 'RST',
      }[what] as string;
      return [timeMs, direction, hex] as RecordedEvent;
    });
  });

test('every connection has an ending, and its sentence is whole', () => {
  fc.assert(
    fc.property(anyEvents, fc.nat(14), (events, gapAt) => {
      const finder = createEndingFinder(7);
      for (const [i, observed] of replay({ programs: '', events: [...OPENED, ...events] }).entries()) {
        if (i === gapAt) finder.gap();
        finder.take(observed);
        finder.ending();
      }
      const ending = finder.ending();
      expect(ending).toMatchObject({ type: 'ending', connection: 7 });
      expect(ending.sentence).toMatch(/^[A-Z].*[.”"]$/);
      expect(ending.sentence).not.toMatch(/undefined|NaN|\[object|\.\.| {2}/);
    }),
  );
});

test('nothing that happens after both sides have ended TCP changes who ended it', () => {
  fc.assert(
    fc.property(anyEvents, anyEvents, (before, after) => {
      const ended: RecordedEvent[] = [...before, [10_000_000, 'out', 'FIN']];
      const first = afterOpening(...ended);
      const later = after.map(([timeMs, direction, what]) => [10_000_000 + timeMs, direction, what] as RecordedEvent);
      const second = afterOpening(...ended, ...later);
      expect({ by: second.endedBy, tcp: second.tcp, idle: second.idleMs }).toEqual({
        by: first.endedBy,
        tcp: first.tcp,
        idle: first.idleMs,
      });
    }),
  );
});

test('the memory does not grow with the connection', () => {
  const finder = createEndingFinder(1);
  for (const observed of replay({ programs: '', events: OPENED })) finder.take(observed);
  const sizeOf = () => JSON.stringify(finder.ending()).length;
  const one = replay({
    programs: '',
    events: [...OPENED, [5, 'out', frame(9, encodeText('k'))], [6, 'in', text('Hello', true)]],
  }).slice(4);
  for (let i = 0; i < 20_000; i++) for (const observed of one) finder.take(observed);
  finder.take({ type: 'tcp', connection: 1, direction: 'out', timeMs: 60_000, how: 'FIN' });
  expect(sizeOf()).toBeLessThan(2000);
});
