import { decodeFrames } from '../../inspector/frame/decode-stream.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { headerTokens } from '../../protocol/handshake/head/head.ts';
import { parseRequestHead } from '../../protocol/handshake/head/parse-head.ts';
import { Naive2011 } from '../../specimens/naive-2011.ts';
import type { NaiveEvent } from '../../specimens/naive-server-2011.ts';
import { countBytes, countNoun } from '../../text/count.ts';
import { encodeText } from '../../text/utf8.ts';
import type { Input } from './case.ts';
import { answerOurs, copiesOurs, feedOurs, headerOurs, tellOurs } from './ours.ts';
import { markDifference, type Piece } from './piece.ts';
import { readNaively, readRightly } from './read-frames.ts';
import { describeAnswer, readHead } from './read-heads.ts';
import { costFrame, cut, READ_BYTES, replay, STORY_MESSAGES, stepsOf } from './replay.ts';
import { sayEvents } from './say.ts';

/** What one of the two servers made of an input. */
export interface Side {
  readonly pieces: readonly Piece[];
  /** What it did, in order; sentences without a subject and without a full stop. */
  readonly did: readonly string[];
}

export interface Run {
  readonly listing: Side;
  readonly ours: Side;
  /** The first frame, for all its panes; undefined if there is none, or if it is too long to draw. */
  readonly dump: FrameDump | undefined;
}

/** In bytes. A longer frame is not opened in the page. */
const MAX_OPENED = 4096;

/** Gives an input to the specimen of the listing and to our own code. */
export function runInput(input: Input): Run {
  switch (input.kind) {
    case 'frames':
      return runFrames(input.reads);
    case 'request':
      return runRequest(encodeText(input.text));
    case 'sending':
      return runSending(input.payloadLength);
    case 'story': {
      const events = eventsAfterOpening(input);
      return withoutPieces(sayStory(events), tellOurs(input.name));
    }
    case 'cost':
      return runCost(input.lengths);
    case 'start':
      return withoutPieces(
        [
          'raises ModuleNotFoundError: No module named asyncore, on Python 3.12 or newer',
          'prints a warning on Python 3.10 and 3.11',
        ],
        ['starts on Node 24, and in this page'],
      );
  }
}

/** Without those of the opening handshakes, and without the echo of each message. */
function eventsAfterOpening(input: Input): NaiveEvent[] {
  const { events } = replay(stepsOf(input));
  const isAnswer = (event: NaiveEvent) => event.kind === 'writes' && event.bytes[0] === 0x48;
  return events.filter((event) => event.kind !== 'opens' && !isAnswer(event));
}

function runFrames(reads: readonly Uint8Array[]): Run {
  const bytes = joined(reads);
  const naive = new Naive2011();
  for (const read of reads.flatMap((each) => cut(each, READ_BYTES))) naive.read(read);
  const taken = bytes.length - naive.bufferedBytes;
  const [listing, ours] = markDifference(readNaively(bytes, taken), readRightly(bytes));
  const did = sayEvents(eventsAfterOpening({ kind: 'frames', reads }).filter(({ kind }) => kind !== 'writes'));
  return {
    listing: { pieces: listing, did },
    ours: { pieces: ours, did: feedOurs(reads) },
    dump: bytes.length <= MAX_OPENED ? decodeFrames(bytes, 'client').frames[0]?.dump : undefined,
  };
}

function runRequest(request: Uint8Array): Run {
  const { events } = replay([{ do: 'connect' }, { do: 'read', session: 0, bytes: request, size: READ_BYTES }]);
  const written = events.flatMap((event) => (event.kind === 'writes' ? [event.bytes] : []));
  const answer = joined(written);
  const { answer: right, said } = answerOurs(request);
  const [listing, ours] = markDifference(readHead(answer), readHead(right));
  const did = sayEvents(events).map((line) =>
    line.startsWith('sends') ? `sends the answer above, ${countBytes(answer.length)}` : line,
  );
  const client = answer.length === 0 ? [] : describeAnswer(answer, ...offerOf(request));
  const nothing = answer.length === 0 ? ['sends nothing'] : [];
  return {
    listing: { pieces: listing, did: [...did, ...nothing, ...client] },
    ours: { pieces: ours, did: said },
    dump: undefined,
  };
}

function offerOf(request: Uint8Array): [key: string, subprotocols: string[]] {
  const parsed = parseRequestHead(request);
  if (parsed.kind !== 'complete') return ['', []];
  const [key = ''] = headerTokens(parsed.head, 'Sec-WebSocket-Key');
  return [key, headerTokens(parsed.head, 'Sec-WebSocket-Protocol')];
}

function runSending(payloadLength: number): Run {
  const { events } = replay(stepsOf({ kind: 'sending', payloadLength }));
  const sent = events.findLast((event) => event.kind === 'writes');
  const theirs = sent?.kind === 'writes' ? sent.bytes : new Uint8Array(0);
  const { header, said } = headerOurs(payloadLength);
  const head = theirs.subarray(0, theirs.length - payloadLength);
  const [listing, ours] = markDifference(readRightly(head, 'server'), readRightly(header, 'server'));
  const isWrong = head.length > header.length;
  const did = [
    `writes a header of ${countBytes(head.length)}`,
    isWrong ? 'a client that checks fails the connection with 1002' : 'the client accepts it',
  ];
  return { listing: { pieces: listing, did }, ours: { pieces: ours, did: said }, dump: undefined };
}

function sayStory(events: readonly NaiveEvent[]): string[] {
  const kept = events.findLast((event) => event.kind === 'keeps');
  if (kept?.kind === 'keeps') {
    return [
      `keeps ${countBytes(kept.unsentBytes)} for A after ${countNoun(STORY_MESSAGES, 'message')}, and would keep more`,
    ];
  }
  return sayEvents(events, true);
}

function runCost(lengths: readonly number[]): Run {
  const { copied } = replay(stepsOf({ kind: 'cost', lengths }));
  const say = (length: number, bytes: number) => `copies ${countBytes(bytes)} for a message of ${countBytes(length)}`;
  return withoutPieces(
    lengths.map((length, i) => say(length, copied[i] ?? 0)),
    lengths.map((length) => say(length, copiesOurs(costFrame(length)))),
  );
}

function withoutPieces(listing: readonly string[], ours: readonly string[]): Run {
  return { listing: { pieces: [], did: listing }, ours: { pieces: [], did: ours }, dump: undefined };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}
