import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { joinBytes } from '../src/bytes/join-bytes.ts';
import {
  type ConformanceCase,
  conformanceCases,
  type ExpectedItem,
  encodeItems,
  payloadBytes,
  type SendStep,
  writesOf,
} from '../src/conformance/index.ts';
import { FrameReader } from '../src/protocol/index.ts';
import { CLOSING } from './public-suite/closing.ts';
import { FRAMING } from './public-suite/framing.ts';
import type { PublicCase, PublicFrame, Received } from './public-suite/public-case.ts';
import { UTF8 } from './public-suite/utf8.ts';
import { VOLUME } from './public-suite/volume.ts';

const PUBLIC = [...FRAMING, ...UTF8, ...CLOSING, ...VOLUME];
const OURS = conformanceCases();

/** How many cases each section has; 12 and 13 are in public-suite-deflate.test.ts. */
const COUNTS = { 1: 16, 2: 11, 3: 7, 4: 10, 5: 20, 6: 145, 7: 37, 9: 54, 10: 1 };

test('the table has every case of the public suite once', () => {
  expect(new Set(PUBLIC.map(({ number }) => number)).size).toBe(PUBLIC.length);
  const bySection = Map.groupBy(PUBLIC, ({ number }) => Number.parseInt(number, 10));
  expect(Object.fromEntries([...bySection].map(([section, cases]) => [section, cases.length]))).toEqual(COUNTS);
});

test('no case of ours claims a number that there is not', () => {
  const numbers = new Set(PUBLIC.map(({ number }) => number));
  expect(OURS.filter(({ autobahn }) => autobahn !== undefined && !numbers.has(autobahn))).toEqual([]);
});

test.each(PUBLIC.map(({ number }) => number))(
  '%s is covered by one case, which sends the same and asks as much',
  (number) => {
    const given = PUBLIC.find((each) => each.number === number) as PublicCase;
    const [covering, ...others] = OURS.filter(({ autobahn }) => autobahn === number);
    expect(others).toEqual([]);
    if (covering === undefined) throw new Error(`no case covers ${number}`);
    expect(framesOf(stepsOf(covering, given))).toEqual(shownFrames(given.frames));
    expect(cutOf(covering)).toBe(given.cut);
    expect(pausesOf(covering)).toEqual(expect.arrayContaining([...given.pausesAfter]));
    judgeEnd(covering, given);
  },
);

/** What a case sends, without the close frame by which a client ends a case in which nothing is wrong. */
function stepsOf({ steps }: ConformanceCase, { end, times }: PublicCase): Uint8Array[] {
  const exchange = steps.find((step) => step.type === 'exchange');
  expect(exchange?.times ?? 1).toBe(times);
  if (exchange !== undefined) return [joinBytes([...encodeItems([exchange.item])])];
  const sending = steps.filter((step) => step.type === 'send');
  return (end.kind === 'clean' ? sending.slice(0, -1) : sending).map(bytesOf);
}

function bytesOf(step: SendStep): Uint8Array<ArrayBuffer> {
  return joinBytes([...writesOf(step)].map(({ bytes }) => bytes));
}

/** The frames as they are on the wire. */
function framesOf(pieces: readonly Uint8Array[]): string[] {
  const frames: PublicFrame[] = [];
  for (const { fin, opcode, rsv1, rsv2, rsv3, payload } of new FrameReader().push(joinBytes(pieces))) {
    const rsv = Number(rsv1) * 4 + Number(rsv2) * 2 + Number(rsv3);
    frames.push({ fin, opcode, rsv, payload: Buffer.from(payload) });
  }
  return shownFrames(frames);
}

/** Frames in words; the same one several times in a row is said once. */
function shownFrames(frames: readonly PublicFrame[]): string[] {
  const runs: { readonly words: string; times: number }[] = [];
  for (const words of frames.map(shown)) {
    const run = runs.at(-1);
    if (run?.words === words) run.times++;
    else runs.push({ words, times: 1 });
  }
  return runs.map(({ words, times }) => `${times} times ${words}`);
}

function shown({ fin, rsv, opcode, payload }: PublicFrame): string {
  return `fin ${fin} rsv ${rsv} opcode ${opcode} ${shownBytes(payload)}`;
}

const SHOWN_BYTES = 300;

/** Long payloads by their digest: two that differ must not be printed by megabytes. */
function shownBytes(payload: Uint8Array): string {
  const short = payload.length <= SHOWN_BYTES;
  const digits = short ? Buffer.from(payload).toString('hex') : createHash('sha1').update(payload).digest('hex');
  return `${payload.length} bytes ${digits}`;
}

/** The way in which the frames are written, which the steps of a case share. */
function cutOf({ steps }: ConformanceCase): SendStep['cut'] {
  const sending = steps.filter((step) => step.type === 'send');
  return sending[0]?.cut ?? 'whole';
}

/** After how many bytes the client waits before it goes on. */
function pausesOf({ steps }: ConformanceCase): number[] {
  let sent = 0;
  return steps.flatMap((step) => {
    if (step.type !== 'send') return step.type === 'exchange' ? [] : [sent];
    sent += bytesOf(step).length;
    return [];
  });
}

function judgeEnd({ expectation }: ConformanceCase, { end, times }: PublicCase): void {
  if (end.kind === 'any') return;
  if (expectation.type === 'refusal' || expectation.type === 'opening') {
    throw new Error('the public suite has no case about the opening handshake');
  }
  if (end.kind === 'clean') {
    expect(expectation).toMatchObject({ type: 'closing', closeCode: 1000 });
    expect(expectation.received.flatMap(expectedItem)).toEqual(end.received.map(receivedItem));
    expect(expectation.received.every((item) => (item.times ?? 1) === times)).toBe(true);
  } else if (end.kind === 'fails') {
    expect(expectation).toMatchObject({ type: 'failure', closeCode: end.code });
    expect(expectation.received.flatMap(expectedItem)).toEqual(end.received.map(receivedItem));
  } else {
    // A close frame without a code is answered without one; the public suite takes that as 1000.
    const codes = [expectation.closeCode, ...expectation.allowedCodes].filter((code) => code !== 1005);
    expect(expectation.received).toEqual([]);
    expect(codes.filter((code) => !end.codes.includes(code))).toEqual([]);
    expect(codes.length).toBeGreaterThan(0);
  }
}

function expectedItem({ opcode, payload }: ExpectedItem): string[] {
  return [`opcode ${opcode} ${shownBytes(payloadBytes(payload))}`];
}

function receivedItem([opcode, payload]: Received): string {
  return `opcode ${opcode} ${shownBytes(payload)}`;
}
