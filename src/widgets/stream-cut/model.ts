import { formatHexByte } from '../../bytes/hex.ts';
import { decodeFrames } from '../../inspector/frame/decode-stream.ts';
import { countBytes, countNoun } from '../../text/count.ts';
import { fieldAt, fieldClass } from '../base/frame-view/open-frame.ts';
import { STREAM_EXAMPLES, type StreamExample } from './examples.ts';
import { NAIVE_READERS, type NaiveName } from './naive-readers.ts';
import type { Outcome, Reader } from './outcome.ts';
import { RightReader } from './right-reader.ts';

/** What the figure remembers. */
export interface StreamState {
  readonly example: string;
  readonly naive: NaiveName;
  /** The first read ends after so many bytes; 0: one read brings all. */
  readonly cut: number;
  /** Every byte comes in a read of its own. */
  readonly single: boolean;
}

/** Two frames that came in one read, which a test on one machine seldom shows. */
export const EXAMPLE_STREAM: StreamState = { example: 'two', naive: 'one-read', cut: 0, single: false };

export function exampleOf({ example }: StreamState): StreamExample {
  const found = STREAM_EXAMPLES.find(({ name }) => name === example) ?? STREAM_EXAMPLES[0];
  if (found === undefined) throw new RangeError('The figure has no examples.');
  return found;
}

/** Puts right what does not fit: another example may be shorter. */
export function changeStream(state: StreamState, change: Partial<StreamState>): StreamState {
  const next = { ...state, ...change };
  const example = exampleOf(next);
  const cut = Number.isInteger(next.cut) ? Math.max(0, Math.min(next.cut, example.bytes.length - 1)) : 0;
  return { ...next, example: example.name, cut };
}

/** What TCP delivers at one go, as the state has it. */
export function readsOf(state: StreamState): Uint8Array[] {
  const { bytes } = exampleOf(state);
  if (state.single) return Array.from(bytes, (byte) => Uint8Array.of(byte));
  return state.cut === 0 ? [bytes] : [bytes.subarray(0, state.cut), bytes.subarray(state.cut)];
}

/** A byte of the stream. */
export interface StreamByte {
  readonly index: number;
  readonly hex: string;
  readonly fieldClass: string;
  readonly beginsFrame: boolean;
  readonly beginsRead: boolean;
}

/** One read, or several in a row of which the same is to be said. */
export interface ReadRow {
  /** `read 1`, `reads 2 to 6`. */
  readonly title: string;
  readonly bytes: string;
  readonly naive: Outcome;
  readonly ours: Outcome;
}

/** How one parser came out in the end. */
export interface StreamResult {
  readonly sentence: string;
  readonly tone: 'ok' | 'danger';
}

export interface StreamView {
  readonly bytes: readonly StreamByte[];
  readonly rows: readonly ReadRow[];
  readonly sent: readonly string[];
  readonly naive: StreamResult;
  readonly ours: StreamResult;
}

/** The same reads through both parsers. RFC 6455 §5.2, §6.2. */
export function presentStream(state: StreamState): StreamView {
  const { bytes } = exampleOf(state);
  const reads = readsOf(state);
  const sent = new RightReader().read(bytes).messages;
  const [naive, ours] = [NAIVE_READERS[state.naive].create(), new RightReader()];
  const outcomes = reads.map((read) => ({ read, naive: naive.read(read), ours: ours.read(read) }));
  const result = (name: 'naive' | 'ours', reader: Reader) =>
    resultOf(
      sent,
      outcomes.flatMap((each) => each[name].messages),
      reader.waits,
    );
  return {
    bytes: bytesOf(bytes, reads),
    rows: rowsOf(outcomes),
    sent,
    naive: result('naive', naive),
    ours: result('ours', ours),
  };
}

function bytesOf(bytes: Uint8Array, reads: readonly Uint8Array[]): StreamByte[] {
  const starts = new Set<number>();
  let at = 0;
  for (const read of reads) {
    starts.add(at);
    at += read.length;
  }
  return decodeFrames(bytes, 'client').frames.flatMap(({ offset, dump }) =>
    Array.from({ length: dump.byteLength }, (_, i) => ({
      index: offset + i,
      hex: formatHexByte(bytes[offset + i] ?? 0),
      fieldClass: fieldClass(fieldAt(dump.fields, i * 8 + 7).name),
      beginsFrame: i === 0,
      beginsRead: starts.has(offset + i),
    })),
  );
}

interface ReadOutcome {
  readonly read: Uint8Array;
  readonly naive: Outcome;
  readonly ours: Outcome;
}

/** Reads in a row of which the same is to be said are told as one. */
function rowsOf(outcomes: readonly ReadOutcome[]): ReadRow[] {
  const rows: ReadRow[] = [];
  for (let first = 0; first < outcomes.length; ) {
    let last = first;
    while (sayTheSame(outcomes[last], outcomes[last + 1])) last++;
    const [begin, end] = [outcomes[first] as ReadOutcome, outcomes[last] as ReadOutcome];
    const byteLength = outcomes.slice(first, last + 1).reduce((sum, { read }) => sum + read.length, 0);
    rows.push({
      title: first === last ? `read ${first + 1}` : `reads ${first + 1} to ${last + 1}`,
      bytes: countBytes(byteLength),
      naive: first === last ? end.naive : joined(begin.naive, end.naive),
      ours: first === last ? end.ours : joined(begin.ours, end.ours),
    });
    first = last + 1;
  }
  return rows;
}

function sayTheSame(one: ReadOutcome | undefined, next: ReadOutcome | undefined): boolean {
  if (one === undefined || next === undefined) return false;
  return isAlike(one.naive, next.naive) && isAlike(one.ours, next.ours);
}

/** Both only gather bytes, or both say the very same of bytes that are lost. */
function isAlike(one: Outcome, next: Outcome): boolean {
  if (one.messages.length + next.messages.length > 0) return false;
  return one.tone === next.tone && (one.tone === 'none' || one.said === next.said);
}

function joined(begin: Outcome, end: Outcome): Outcome {
  if (begin.said === end.said) return { ...end, said: `Each time: ${end.said}` };
  return { ...end, said: `${begin.said} … ${end.said}` };
}

function resultOf(sent: readonly string[], got: readonly string[], waits: boolean): StreamResult {
  const lost = missingFrom(sent, got);
  const wrong = missingFrom(got, sent);
  const right = sent.length - lost.length;
  if (lost.length === 0 && wrong.length === 0) {
    return { sentence: `All ${countNoun(right, 'message')} right.`, tone: 'ok' };
  }
  const sentences = [`${right} of ${countNoun(sent.length, 'message')} right.`];
  if (wrong.length > 0) sentences.push(`Delivered but never sent: ${wrong.join(', ')}.`);
  if (lost.length > 0) sentences.push(`${waits ? 'Still waiting for bytes' : 'Lost'}: ${lost.join(', ')}.`);
  return { sentence: sentences.join(' '), tone: 'danger' };
}

/** The elements of `all` that `some` has not, each counted. */
function missingFrom(all: readonly string[], some: readonly string[]): string[] {
  const left = [...some];
  return all.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
