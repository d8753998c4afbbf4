import type { Random } from './random.ts';

/** Bytes at the edges of what a frame's or a head's fields can say. */
const EDGES = [
  0x00, 0x01, 0x09, 0x0a, 0x0d, 0x20, 0x3a, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x88, 0xc0, 0xed, 0xfe, 0xff,
] as const;

type Mutation = (bytes: Uint8Array, at: number, random: Random) => readonly Uint8Array[];

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  // One bit is another.
  (bytes, at, random) => [bytes.subarray(0, at), flipped(bytes.subarray(at, at + 1), random), bytes.subarray(at + 1)],
  // One byte is another.
  (bytes, at, random) => [bytes.subarray(0, at), Uint8Array.of(random.pick(EDGES)), bytes.subarray(at + 1)],
  // A byte comes in between.
  (bytes, at, random) => [bytes.subarray(0, at), Uint8Array.of(random.pick(EDGES)), bytes.subarray(at)],
  // A few bytes are gone.
  (bytes, at, random) => [bytes.subarray(0, at), bytes.subarray(at + 1 + random.nat(4))],
  // A few bytes come twice.
  (bytes, at, random) => [bytes.subarray(0, at + random.nat(20)), bytes.subarray(at)],
  // The end is gone.
  (bytes, at) => [bytes.subarray(0, at)],
];

/** A copy of `bytes` with one small mistake in it. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  return joinedBytes(random.pick(MUTATIONS)(bytes, random.nat(bytes.length + 1), random));
}

const LONG = 2000;

/** A list of lengths that add up to `length`: where TCP cuts a stream, at random. */
export function cut(length: number, random: Random): number[] {
  // A long stream byte by byte would take the time of a thousand others.
  const most = length > LONG ? random.pick([200, 5000, length]) : random.pick([1, 2, 7, 30, 200, length + 1]);
  const lengths: number[] = [];
  for (let at = 0; at < length; ) {
    const next = Math.min(length - at, 1 + random.nat(most));
    lengths.push(next);
    at += next;
  }
  return lengths;
}

/** The chunks of those lengths, copies all: who takes a chunk may write over it. */
export function* chunksOf(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array<ArrayBuffer>> {
  let at = 0;
  for (const length of lengths) {
    yield bytes.slice(at, at + length);
    at += length;
  }
}

export function joinedBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(pieces));
}

function flipped(byte: Uint8Array, random: Random): Uint8Array {
  return byte.map((bits) => bits ^ (1 << random.nat(8)));
}
