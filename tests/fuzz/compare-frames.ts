import type { FrameStream } from './frame-stream.ts';
import { KNOWN_FRAME_DIFFERENCES, type KnownDifference, type Trial } from './known-frame-differences.ts';
import { formatOutcome, hex, isSame, type Outcome } from './outcome.ts';
import { type EndpointOutcome, readByEndpoint } from './read-by-endpoint.ts';
import { readByWs } from './read-by-ws.ts';
import { type PlainOutcome, readPlainly } from './read-plainly.ts';

/** What came of one input: the known differences that it shows, or a report of one that is not known. */
export type Comparison = { readonly known: readonly string[] } | { readonly report: string };

/** The ways to read a stream; a test puts a wrong one in the place of one of them. */
export interface FrameReaders {
  readonly plain: (stream: FrameStream) => PlainOutcome;
  readonly endpoint: (stream: FrameStream) => EndpointOutcome;
  readonly ws: (stream: FrameStream) => Outcome;
}

const READERS: FrameReaders = { plain: readPlainly, endpoint: readByEndpoint, ws: readByWs };

/** Reads a stream in three ways: as one chunk, by an endpoint in its chunks, and by the ws package in the same. */
export function compareFrames(
  stream: FrameStream,
  readers: FrameReaders = READERS,
  differences: readonly KnownDifference[] = KNOWN_FRAME_DIFFERENCES,
): Comparison {
  const plain = readers.plain(stream);
  const endpoint = readers.endpoint(stream);
  const fault = faultOf(endpoint, plain, stream);
  if (fault !== undefined) {
    return { report: `${fault}\n  endpoint:\n${formatEndpoint(endpoint)}\n  in one chunk:\n${formatOutcome(plain)}` };
  }
  const ws = readers.ws(stream);
  const known = explain({ stream, outcome: plain, wrongText: undefined }, ws, differences);
  if (known !== undefined) return { known };
  return { report: `ws judges otherwise\n  here:\n${formatOutcome(plain)}\n  ws:\n${formatOutcome(ws)}` };
}

/** What the endpoint does wrong, where it does. */
function faultOf(endpoint: EndpointOutcome, plain: PlainOutcome, { sender }: FrameStream): string | undefined {
  const { verdict, violation } = plain;
  if (!isSame(endpoint, plain)) return 'the endpoint, chunk by chunk, judges otherwise';
  const wrongBytes = violation && [violation.start, violation.end];
  if (wrongBytes?.join() !== endpoint.wrongBytes?.join()) return `the endpoint names other bytes than ${wrongBytes}`;
  const replies = repliesTo(plain);
  if (replies.join() !== endpoint.replies.join()) return `the endpoint should have answered ${replies}`;
  const endsTcp = verdict.kind === 'failed' || (verdict.kind === 'closed' && sender === 'client');
  return endsTcp === endpoint.endsTcp ? undefined : `the endpoint should ${endsTcp ? '' : 'not '}have ended TCP`;
}

/** RFC 6455 §5.5.2: a pong for each ping; §5.5.1: a close frame for a close frame; §7.1.7: one for a failure. */
function repliesTo({ events, verdict }: Outcome): string[] {
  const replies = events.filter((event) => event.startsWith('ping')).map((event) => event.replace('ping', 'pong'));
  if (verdict.kind === 'failed') replies.push(`close ${verdict.statusCode.toString(16).padStart(4, '0')}`);
  if (verdict.kind === 'closed') {
    replies.push(`close ${verdict.closeCode === 1005 ? '' : verdict.closeCode.toString(16).padStart(4, '0')}`);
  }
  return replies;
}

/** @returns the known differences that together make ours theirs; undefined where none do */
function explain(ours: Trial, theirs: Outcome, differences: readonly KnownDifference[]): string[] | undefined {
  const used: string[] = [];
  let trial = ours;
  while (!isSame(trial.outcome, theirs)) {
    const before = trial;
    const difference = differences.find((candidate) => {
      trial = candidate.allowFor(before) ?? before;
      return trial !== before;
    });
    if (difference === undefined) return undefined;
    used.push(difference.name);
  }
  return used;
}

function formatEndpoint(outcome: EndpointOutcome): string {
  const { replies, endsTcp, wrongBytes } = outcome;
  return `${formatOutcome(outcome)}\n    ${JSON.stringify({ replies: replies.slice(-20), endsTcp, wrongBytes })}`;
}

/** A stream as a report shows it. */
export function formatFrameStream({ sender, limits, bytes, chunkLengths }: FrameStream): string {
  return `sent by a ${sender} to one that takes ${JSON.stringify(limits)}, in chunks of ${chunkLengths.join(' ')}:\n  ${hex(bytes)}`;
}
