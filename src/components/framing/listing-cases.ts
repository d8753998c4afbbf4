import { Loopback } from '../../lab/loopback.ts';
import { encodeFrame, encodeFrameHeader } from '../../protocol/framing/frame.ts';
import { decodeHeader, encodeHeader } from '../../protocol/framing/header.ts';
import { LENGTH_IN_64_BITS, layoutOf, MASK_BIT } from '../../protocol/framing/layout.ts';
import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { checkHeader } from '../../protocol/framing/rules.ts';
import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import type { Violation } from '../../protocol/violation.ts';
import { Naive2011, type NaiveOutcome, naiveLengthField } from '../../specimens/naive-2011.ts';
import { countBytes } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import { decodeText, encodeText } from '../../text/utf8.ts';

/** The same bytes before two parsers. */
export interface ListingCase {
  /** What the bytes are, in words. */
  readonly about: string;
  readonly bytes: Uint8Array;
  readonly sender: 'client' | 'server';
  /** What each does, in order, in words that follow its name. */
  readonly listing: readonly string[];
  readonly ours: readonly string[];
}

/** The key that the RFC masks its own examples with. RFC 6455 §5.7. */
const KEY = 0x37fa213d;
/** As much as the listing reads at a time. */
const READ_BYTES = 1024;
const LONG = 65_536;
const EDGE = 65_535;
const SHOWN_OUTCOMES = 3;

/** One demonstration for each mistake that the 2011 listing makes with single frames, by a name for chapters. */
export const LISTING_CASES = {
  'length-127': () =>
    clientCase(
      `a binary message of ${countBytes(LONG)}, in reads of ${countBytes(READ_BYTES)}`,
      encodeFrame({ opcode: OPCODE.binary, payload: new Uint8Array(LONG), maskingKey: KEY }),
    ),
  'sends-65535': () => sendingCase(),
  stalls: () => clientCase('the text “Hi”, not masked', text('Hi', { maskingKey: undefined })),
  unmasked: () => clientCase('the text “Hello”, not masked', text('Hello', { maskingKey: undefined })),
  rsv: () => clientCase('the text “Hello” with RSV1 set', text('Hello', { rsv1: true })),
  opcode: () => clientCase('“Hello” under the reserved opcode 3', text('Hello', { opcode: 3 })),
  bound: () => clientCase('a header alone, which claims half of all that 64 bits can say', hugeClaim()),
} as const satisfies Record<string, () => ListingCase>;

export type ListingCaseName = keyof typeof LISTING_CASES;

function text(words: string, more: Partial<Parameters<typeof encodeFrame>[0]>): Uint8Array {
  return encodeFrame({ opcode: OPCODE.text, payload: encodeText(words), maskingKey: KEY, ...more });
}

function hugeClaim(): Uint8Array {
  const header = new Uint8Array(layoutOf(LENGTH_IN_64_BITS | MASK_BIT).headerLength);
  encodeHeader(
    { fin: true, opcode: OPCODE.binary, lengthField: LENGTH_IN_64_BITS, payloadLength: 2 ** 62, maskingKey: KEY },
    header,
  );
  return header;
}

function clientCase(about: string, bytes: Uint8Array): ListingCase {
  const reads: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += READ_BYTES) reads.push(bytes.slice(at, at + READ_BYTES));
  return { about, bytes, sender: 'client', listing: throughListing(reads), ours: throughOurs(reads) };
}

/** What the listing does with what it reads. */
function throughListing(reads: readonly Uint8Array[]): string[] {
  const naive = new Naive2011();
  const outcomes = reads.map((read) => naive.read(read));
  const said = outcomes.slice(0, SHOWN_OUTCOMES).map(describeOutcome);
  if (outcomes.length <= SHOWN_OUTCOMES) return said;
  const dispatched = outcomes.filter(({ kind }) => kind === 'dispatches').length;
  const dropped = outcomes.filter(({ kind }) => kind === 'drops').length;
  const rest = `after ${outcomes.length} reads it has called its handler ${times(dispatched)}, dropped ${dropped} frames that nobody sent, and still holds ${countBytes(naive.bufferedBytes)}`;
  return [...said, rest];
}

function describeOutcome(outcome: NaiveOutcome): string {
  switch (outcome.kind) {
    case 'dispatches':
      return `hands its handler ${show(outcome.data)}`;
    case 'drops':
      return `drops ${countBytes(outcome.frameBytes)} as a frame with opcode ${outcome.opcode.toString(16).toUpperCase()}, ${OPCODES[outcome.opcode]?.name}, without a word`;
    case 'waits':
      return `waits: it holds ${countBytes(outcome.bufferedBytes)} and wants ${countBytes(outcome.neededBytes)}`;
    case 'raises':
      return 'raises an exception, and the connection dies without a close frame';
  }
}

/** What our server does with the same. */
function throughOurs(reads: readonly Uint8Array[]): string[] {
  const said: string[] = [];
  const loopback = new Loopback({
    path: '/',
    host: 'localhost',
    key: EXAMPLE_KEY,
    nextMaskingKey: () => KEY,
    now: () => 0,
    handler: (event) => {
      if (event.type === 'message') {
        said.push(
          `hands its handler ${show(event.opcode === OPCODE.text ? decodeText(event.payload) : event.payload)}`,
        );
      }
      if (event.type === 'close' && event.violation !== undefined) said.push(describeFailure(event.violation));
    },
  });
  loopback.connect();
  for (const read of reads) loopback.sendRaw('client', read);
  return said.length > 0 ? said : ['waits for the rest'];
}

function describeFailure({ rule, section, statusCode }: Violation): string {
  return `fails the connection with ${statusCode}, by the header alone: ${ruleNamed(rule)?.requirement} (§${section})`;
}

/** A payload of one byte less than 64 KiB on its way out: the listing's form is one too long. */
function sendingCase(): ListingCase {
  const frame = { opcode: OPCODE.binary, payload: new Uint8Array(EDGE) };
  const lengthField = naiveLengthField(EDGE);
  const theirs = encodeFrameHeader({ ...frame, lengthField });
  const right = encodeFrameHeader(frame);
  const header = decodeHeader(theirs);
  const violation = header && checkHeader(header, { sender: 'server' });
  if (violation === undefined) throw new Error('the listing’s header breaks no rule: there is nothing to show');
  const { layout, rightLayout } = { layout: layoutOf(lengthField), rightLayout: layoutOf(right[1] ?? 0) };
  return {
    about: `the header that the listing sends before ${countBytes(EDGE)}`,
    bytes: theirs,
    sender: 'server',
    listing: [
      `writes the ${layout.lengthForm}-bit form, ${countBytes(layout.headerLength)}`,
      `a client that checks ${describeFailure(violation)}`,
    ],
    ours: [`writes the ${rightLayout.lengthForm}-bit form, ${countBytes(rightLayout.headerLength)}`],
  };
}

function show(data: string | Uint8Array | undefined): string {
  if (typeof data === 'string') return data === '' ? 'an empty text' : `“${escapeText(data)}”`;
  return data === undefined || data.length === 0
    ? 'an empty message'
    : `a binary message of ${countBytes(data.length)}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
