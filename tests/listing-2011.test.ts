import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SERVER_LIMITS } from '../server/bounds/limits.ts';
import { formatHex } from '../src/bytes/hex.ts';
import type { NaiveEvent } from '../src/specimens/naive-server-2011.ts';
import type { Input, Step } from '../src/widgets/listing/case.ts';
import { LISTING_CASES } from '../src/widgets/listing/cases.ts';
import { MAX_BROADCAST_UNSENT_BYTES } from '../src/widgets/listing/ours.ts';
import { replay, stepsOf } from '../src/widgets/listing/replay.ts';
import { runInput } from '../src/widgets/listing/run.ts';

const PROGRAM = fileURLToPath(new URL('listing-2011/server.py', import.meta.url));
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('There is no python3 here: the Python program with the same 22 mistakes was NOT run.');

interface PythonReplay {
  readonly events: readonly object[];
  readonly copied: readonly number[];
  readonly python: readonly [number, number];
  readonly hasAsyncore: boolean;
}

/** Replays every list of steps in one Python process. */
function replayInPython(lists: readonly (readonly Step[])[]): PythonReplay[] {
  const asJson = (steps: readonly Step[]) =>
    JSON.stringify(
      steps.map((step) => ('bytes' in step ? { ...step, bytes: undefined, hex: formatHex(step.bytes) } : step)),
    );
  const { stdout, stderr, status } = spawnSync('python3', [PROGRAM, '--replay'], {
    input: lists.map((steps) => `${asJson(steps)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (status !== 0) throw new Error(`the Python program failed: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PythonReplay);
}

/** Long bytes are compared by their length and their first bytes. */
const SHOWN_BYTES = 64;

const showBytes = (bytes: Uint8Array) => ({
  hex: formatHex(bytes.subarray(0, SHOWN_BYTES)),
  byteLength: bytes.length,
});

/** An event as the Python program reports it. */
function asPython(event: NaiveEvent): object {
  switch (event.kind) {
    case 'writes':
      return { session: event.session, kind: event.kind, ...showBytes(event.bytes) };
    case 'calls': {
      const { session, kind, handler, data } = event;
      return { session, kind, handler, ...(typeof data === 'string' ? { text: data } : showBytes(data)) };
    }
    case 'waits':
      return { ...event, needed: event.needed ?? null };
    default:
      return event;
  }
}

/** For each mistake: what the listing does first, and what ours does, in the sentences of the figure. */
const EXPECTED: Readonly<Record<number, readonly [listing: RegExp, ours: RegExp]>> = {
  1: [
    /^hands its handler an empty message\ndrops 128 bytes as a frame with opcode 7/,
    /^hands its handler a binary message of 65,536 bytes$/,
  ],
  2: [/^writes a header of 10 bytes\na client that checks fails/, /^writes the 16-bit form: 4 bytes$/],
  3: [/^hands its handler “one”$/, /^hands its handler “one”\nhands its handler “two”$/],
  4: [/^waits: it has 4 bytes and wants 6 bytes$/, /^sends a close frame with 1002/],
  5: [/^hands its handler “Hello”$/, /^sends a close frame with 1002/],
  6: [/^hands its handler “Hel”\ndrops 8 bytes as a frame with opcode 0, continuation$/, /^hands its handler “Hello”$/],
  7: [/^drops 8 bytes as a frame with opcode 8, close$/, /^sends a close frame with 1000: 88 02 03 e8\nends TCP/],
  8: [/^hands its handler “Hello”$/, /^sends a close frame with 1002/],
  9: [/^raises UnicodeDecodeError/, /^sends a close frame with 1007/],
  10: [/^waits: it has 14 bytes and wants 1,073,741,834 bytes$/, /^sends a close frame with 1009/],
  11: [/accepts LF reads the 30 bytes after the head as a frame.*RSV1/, /^answers 101/],
  12: [/even with that repaired, a client fails.*"chat, superchat"/, /^answers 101/],
  13: [/^raises ValueError/, /^answers 101/],
  14: [/^sets its state to open.*\nsends the answer above, 128 bytes/, /^answers 426/],
  15: [/^sets its state to open.*\nsends the answer above, 128 bytes/, /^answers 403/],
  16: [/raises TypeError.*\nsends nothing$/, /^answers 404/],
  17: [/^sets its state to open, for the path \/echo\?x=1\nraises TypeError.*\nsends nothing$/, /^answers 101/],
  18: [
    /sends 7 bytes: 81 05 48 65 6c 6c 6f \(A\)/,
    /^sends a close frame with 1008.*\nends TCP \(to A\)\nsends A nothing more: 0/,
  ],
  19: [/^cannot send 7 bytes, and says nothing \(A\)$/, /has ended, with 1006\nwrites 0 bytes/],
  20: [
    /^keeps 6,000,400 bytes for A/,
    /^keeps at most 4,194,304 bytes for A: passed at message 70\nsends a close frame with 1008/,
  ],
  21: [
    /copies 2,195,448 bytes for a message of 65,528 bytes/,
    /copies \d{2},\d{3} bytes for a message of 65,528 bytes/,
  ],
  22: [/No module named asyncore, on Python 3.12 or newer/, /^starts on Node 24/],
};

test('there are 22 mistakes, numbered in order', () => {
  expect(LISTING_CASES.map(({ number }) => number)).toEqual(Array.from({ length: 22 }, (_, i) => i + 1));
  for (const { options, right } of LISTING_CASES) expect(options[right]).toBeDefined();
});

const inputs = LISTING_CASES.flatMap(({ variants }) => variants.map(({ input }) => input));
const inPython = new Map<Input, PythonReplay>();
beforeAll(() => {
  if (!hasPython) return;
  const replays = replayInPython(inputs.map(stepsOf));
  for (const [i, input] of inputs.entries()) inPython.set(input, replays[i] as PythonReplay);
});

describe.each(LISTING_CASES.map((each) => [each.number, each.topic, each] as const))(
  '%i. %s',
  (number, _topic, each) => {
    const [main] = each.variants;

    test('the listing and our code do what the chapter says', () => {
      const { listing, ours } = runInput(main.input);
      const [expectedListing, expectedOurs] = EXPECTED[number] ?? [/^$/, /^$/];
      expect(listing.did.join('\n')).toMatch(expectedListing);
      expect(ours.did.join('\n')).toMatch(expectedOurs);
      expect(listing.did).not.toEqual(ours.did);
      if (listing.pieces.length > 0)
        expect(listing.pieces.filter(({ tone }) => tone === 'differs').length).toBeGreaterThan(0);
    });

    test.skipIf(!hasPython)('the Python program does the same, for every input', () => {
      for (const { input } of each.variants) {
        const { events, copied } = replay(stepsOf(input));
        const python = inPython.get(input);
        expect(python?.events).toEqual(events.map(asPython));
        expect(python?.copied).toEqual(copied);
      }
    });
  },
);

test.skipIf(!hasPython)('22: asyncore is missing from Python 3.12 on, and only from there', () => {
  const [own] = inPython.values();
  const [major, minor = 0] = own?.python ?? [];
  expect(own?.hasAsyncore).toBe(major === 3 && minor < 12);
});

test('21: twice the length, four times the copies; ours stays below three for each byte', () => {
  const lengths = [16_384, 32_768, 65_528];
  const { copied } = replay(stepsOf({ kind: 'cost', lengths }));
  const [first = 0, second = 0, third = 0] = copied;
  for (const growth of [second / first, third / second]) {
    expect(growth).toBeGreaterThan(3.4);
    expect(growth).toBeLessThan(4.1);
  }
  const ours = runInput({ kind: 'cost', lengths }).ours.did.map((line) =>
    Number(/copies ([\d,]+)/.exec(line)?.[1]?.replaceAll(',', '')),
  );
  for (const [i, length] of lengths.entries()) expect((ours[i] ?? 0) / length).toBeLessThan(3);
});

test('20: the figure’s limit is that of our server', () => {
  expect(MAX_BROADCAST_UNSENT_BYTES).toBe(DEFAULT_SERVER_LIMITS.maxBroadcastUnsentBytes);
});

describe('what Chromium was told, as the chapter says', () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  const chapter = read('../content/chapters/the-2011-listing.mdx');
  const { browser, outcomes } = JSON.parse(read('../content/recordings/listing-2011-chromium.json')) as {
    browser: string;
    outcomes: Readonly<Record<string, readonly string[]>>;
  };
  test.each([
    ['| sends Hello to `/echo` | it opens, and Hello comes back |', 'echoesHello', ['open', 'text Hello']],
    ['| connects to `/echo?x=1` | nothing at all |', 'echoesWithQuery', []],
    ['| offers one subprotocol | an error, then 1006 |', 'withSubprotocol', ['error', 'close 1006 after 0 s']],
    ['| sends 65,536 bytes | an empty message comes back |', 'echoes65536Bytes', ['open', 'binary 0']],
    ['| sends 65,535 bytes | an error, then 1006 |', 'echoes65535Bytes', ['open', 'error', 'close 1006 after 0 s']],
    ['| calls `close()` | 1006, after 60 seconds |', 'closes', ['open', 'close 1006 after 60 s']],
  ])('%s', (row, name, told) => {
    expect(chapter).toContain(row);
    expect(chapter).toContain(`This is what a page in ${browser} was told`);
    expect(outcomes[name]).toEqual(told);
  });
});

describe('inputs that break nothing', () => {
  const correct: readonly [string, Input][] = LISTING_CASES.filter(({ number }) =>
    [1, 3, 4, 5, 9].includes(number),
  ).map(({ topic, variants }) => [topic, (variants.at(-1) ?? variants[0]).input]);
  test.each(correct)('%s: both read the same bytes the same way', (_topic, input) => {
    const { listing, ours } = runInput(input);
    expect(listing.did).toEqual(ours.did);
    expect(listing.pieces).toEqual(ours.pieces);
  });
});
