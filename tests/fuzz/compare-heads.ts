import type { Comparison } from './compare-frames.ts';
import { type HeadTrial, KNOWN_HEAD_DIFFERENCES, type KnownHeadDifference } from './known-head-differences.ts';
import { hex } from './outcome.ts';
import { type HeadOutcome, type NodeReader, readHead, readWholeHead } from './read-head.ts';
import type { HeadStream } from './request-head.ts';

/** Reads a head in three ways: in one piece, chunk by chunk, and by Node's HTTP server in the same chunks. */
export async function compareHeads(
  stream: HeadStream,
  nodeReader: Pick<NodeReader, 'read'>,
  read: (stream: HeadStream) => HeadOutcome = readHead,
  differences: readonly KnownHeadDifference[] = KNOWN_HEAD_DIFFERENCES,
): Promise<Comparison> {
  const whole = readWholeHead(stream.bytes);
  const ours = read(stream);
  if (!isSameHead(ours, whole)) return { report: `chunk by chunk the head is read otherwise\n${both(ours, whole)}` };
  const node = await nodeReader.read(stream);
  const known = explain({ bytes: stream.bytes, outcome: ours }, node, differences);
  return known === undefined ? { report: `Node judges otherwise\n${both(ours, node)}` } : { known };
}

/** @returns the known differences that together make ours Node's; undefined where none do */
function explain(ours: HeadTrial, node: HeadOutcome, differences: readonly KnownHeadDifference[]) {
  const used: string[] = [];
  let trial = ours;
  while (!isSameHead(trial.outcome, node)) {
    const before = trial;
    const difference = differences.find((candidate) => {
      trial = candidate.allowFor(before, node) ?? before;
      return trial !== before;
    });
    if (difference === undefined) return undefined;
    used.push(difference.name);
  }
  return used;
}

function isSameHead(one: HeadOutcome, other: HeadOutcome): boolean {
  if (one.kind !== 'complete' || other.kind !== 'complete') return one.kind === other.kind;
  return one.firstLine === other.firstLine && one.headers.join('\n') === other.headers.join('\n');
}

function both(ours: HeadOutcome, other: HeadOutcome): string {
  return `    here:  ${JSON.stringify(ours)}\n    other: ${JSON.stringify(other)}`;
}

/** A head as a report shows it: as text, and in hex. */
export function formatHeadStream({ bytes, chunkLengths }: HeadStream): string {
  const text = JSON.stringify(Buffer.from(bytes).toString('latin1'));
  return `in chunks of ${chunkLengths.join(' ')}:\n  ${text}\n  ${hex(bytes)}`;
}
