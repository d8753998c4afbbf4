import { bytesOfHex } from '../../../bytes/hex.ts';
import { joinBytes } from '../../../bytes/join-bytes.ts';
import { encodeFrame } from '../../../protocol/framing/frame.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { encodeText } from '../../../text/utf8.ts';
import type { Answer } from '../host/order.ts';
import type { Plain } from '../host/plain.ts';
import type { RunningCode } from '../running-code.ts';
import { bytesOf } from './bytes-of.ts';
import { compareFrames, firstDifference } from './compare-bytes.ts';
import { runTests, type StageTest, type Watch } from './run-tests.ts';
import { describeKind, fixKind, showBytes, showValue } from './show-value.ts';
import type { Failure, StageVerdict } from './verdict.ts';

interface SentFrame {
  readonly fin: boolean;
  readonly opcode: number;
  readonly payload: Uint8Array;
  /** The bytes on the wire. */
  readonly wire: Uint8Array;
}

const KEY = 0x37fa213d;

function sent(opcode: number, payload: Uint8Array | string, { fin = true, masked = true } = {}): SentFrame {
  const bytes = typeof payload === 'string' ? encodeText(payload) : payload;
  const wire = encodeFrame({ fin, opcode, payload: bytes, maskingKey: masked ? KEY : undefined });
  return { fin, opcode, payload: bytes, wire };
}

const HELLO = sent(OPCODE.text, 'Hello');
const PING = sent(OPCODE.ping, 'ping');
const ramp = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (31 * i) % 251);

interface Stream {
  readonly title: string;
  readonly frames: readonly SentFrame[];
  /** Where TCP cuts the bytes of all frames: `cutsOf` gets their number. */
  readonly cutsOf: (length: number) => readonly number[];
  /** What to change if a frame is missing, or comes too early. */
  readonly fix: string;
}

const NOWHERE = (): readonly number[] => [];
const EVERY = (size: number) => (length: number) =>
  Array.from({ length: Math.ceil(length / size) - 1 }, (_, i) => (i + 1) * size);

const LOOP = 'One read may bring several frames. Loop until the bytes that are left hold no whole frame.';
const KEEP =
  'Keep the bytes of an unfinished frame in a variable outside receive(), and put the next bytes after them.';
const WAIT = 'Return a frame only when header.headerLength + header.length bytes are there.';

const STREAMS: readonly Stream[] = [
  {
    title: 'one whole frame',
    frames: [HELLO],
    cutsOf: NOWHERE,
    fix: 'Push the frame to an array, and return that array.',
  },
  { title: 'two frames in one read', frames: [HELLO, PING], cutsOf: NOWHERE, fix: LOOP },
  { title: 'a frame cut inside its payload', frames: [HELLO], cutsOf: () => [8], fix: KEEP },
  { title: 'a frame cut inside its header', frames: [HELLO], cutsOf: () => [1, 4], fix: KEEP },
  { title: 'the second frame in two reads', frames: [HELLO, PING], cutsOf: () => [HELLO.wire.length + 3], fix: KEEP },
  {
    title: 'three frames, byte by byte',
    frames: [sent(OPCODE.text, 'Hel', { fin: false }), PING, sent(OPCODE.continuation, 'lo')],
    cutsOf: EVERY(1),
    fix: KEEP,
  },
  { title: 'two empty frames', frames: [sent(OPCODE.text, ''), sent(OPCODE.pong, '')], cutsOf: NOWHERE, fix: LOOP },
  { title: 'an unmasked frame', frames: [sent(OPCODE.text, 'Hello', { masked: false })], cutsOf: NOWHERE, fix: WAIT },
  {
    title: 'a frame of 300 bytes, in reads of 100',
    frames: [sent(OPCODE.binary, ramp(300))],
    cutsOf: EVERY(100),
    fix: KEEP,
  },
  {
    title: 'a frame of 70,000 bytes between two others, in reads of 4,096',
    frames: [HELLO, sent(OPCODE.binary, ramp(70_000)), PING],
    cutsOf: EVERY(4096),
    fix: LOOP,
  },
];

/** Judges `createReader()` with streams that TCP cuts at every kind of place. RFC 6455 §5.2. */
export function judgeReader(code: RunningCode): Promise<StageVerdict> {
  const streams = STREAMS.map(
    (stream): StageTest => ({
      title: stream.title,
      run: async (watch) => {
        const opened = watch(await code.ask({ type: 'open', stage: 'createReader', at: 0 }));
        if (opened.error !== undefined) return { title: stream.title, ...failed('', stream.fix, '', '') };
        const chunks = chunksOf(stream);
        const answer = watch(await code.ask({ type: 'receive', at: 0, chunks }));
        return compareStream(stream, chunks, answer);
      },
    }),
  );
  return runTests('createReader', [
    ...streams,
    { title: 'two readers at the same time', run: (watch) => twoReaders(code, watch) },
  ]);
}

function chunksOf({ frames, cutsOf }: Stream): Uint8Array[] {
  const bytes = joinBytes(frames.map(({ wire }) => wire));
  const cuts = [0, ...cutsOf(bytes.length), bytes.length];
  return cuts.slice(1).map((end, i) => bytes.slice(cuts[i], end));
}

type Found = Omit<Failure, 'title'>;

function failed(finding: string, fix: string, expected: string, got: string, more: Partial<Found> = {}): Found {
  return { finding, fix, expected, got, call: 'receive(bytes)', ...more };
}

/** Compares what came back on each read with the frames that were complete by then. */
function compareStream(
  stream: Stream,
  chunks: readonly Uint8Array[],
  { values }: Answer,
): (Failure & Found) | undefined {
  const { title, frames } = stream;
  let end = 0;
  let frameEnd = 0;
  let next = 0;
  for (const [nth, chunk] of chunks.entries()) {
    end += chunk.length;
    const due: SentFrame[] = [];
    while (next < frames.length && frameEnd + (frames[next] as SentFrame).wire.length <= end) {
      frameEnd += (frames[next] as SentFrame).wire.length;
      due.push(frames[next++] as SentFrame);
    }
    const failure = compareRead(stream, due, values[nth]);
    if (failure !== undefined) {
      const read = chunks.length === 1 ? '' : ` (read ${nth + 1} of ${chunks.length})`;
      return { ...failure, title, call: `receive(bytes) with ${showBytes(chunk)}${read}` };
    }
  }
  return undefined;
}

function compareRead({ fix }: Stream, due: readonly SentFrame[], value: Plain): Found | undefined {
  const expected = `[${due.map(showFrame).join(', ')}]`;
  if (!Array.isArray(value)) {
    const advice = value === undefined ? 'Return an array, also when it is empty.' : fixKind(value);
    return failed(
      `receive() must return an array of frames, and it returned ${describeKind(value)}.`,
      advice,
      expected,
      showValue(value),
    );
  }
  const got = value as readonly Plain[];
  const wrong = due.findIndex((frame, i) => differenceOf(frame, got[i]) !== undefined);
  if (wrong !== -1 && wrong < got.length) {
    const frame = due[wrong] as SentFrame;
    return failed(
      ...(differenceOf(frame, got[wrong]) as [string, string]),
      expected,
      showValue(value),
      compared(frame, got[wrong]),
    );
  }
  if (got.length < due.length) {
    const finding = `${countFrames(due.length)} complete, and receive() returned ${got.length === 0 ? 'none' : got.length}.`;
    return failed(finding, fix, expected, showValue(value));
  }
  if (got.length > due.length) {
    const finding =
      due.length === 0
        ? 'No frame is complete yet, and receive() returned one.'
        : `${countFrames(due.length)} complete, and receive() returned ${got.length}.`;
    return failed(finding, `${WAIT} Then drop those bytes from the buffer.`, expected, showValue(value));
  }
  return undefined;
}

const countFrames = (count: number): string => (count === 1 ? 'One frame is' : `${count} frames are`);

/** How a frame differs, and what to do about it; undefined if it does not. */
function differenceOf(frame: SentFrame, value: Plain): readonly [string, string] | undefined {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array || Array.isArray(value)) {
    return [
      `A frame must be an object with fin, opcode and payload. It is ${describeKind(value)}.`,
      'Write: frames.push({ fin, opcode, payload });',
    ];
  }
  const got = value as Readonly<Record<string, Plain>>;
  const payload = bytesOf(got['payload']);
  if (payload === undefined)
    return [
      `The payload must be a Uint8Array. It is ${describeKind(got['payload'])}.`,
      'Cut it out with buffer.slice(header.headerLength, end).',
    ];
  if (got['opcode'] !== frame.opcode)
    return [
      `The opcode is ${showValue(got['opcode'])}, and must be ${frame.opcode}.`,
      'Copy it from the header. If it is the opcode of nothing that was sent, you cut the frames in the wrong place: the next one begins at header.headerLength + header.length.',
    ];
  if (got['fin'] !== frame.fin)
    return [`fin is ${showValue(got['fin'])}, and must be ${frame.fin}.`, 'Copy it from the header.'];
  const at = firstDifference(frame.payload, payload);
  if (at === undefined) return undefined;
  return [
    `The payload is wrong from its byte ${at + 1} on.`,
    firstDifference(frame.wire.slice(-frame.payload.length), payload) === undefined
      ? 'The mask is still on. Call unmask(payload, header.key) if header.masked is true.'
      : payload.length < frame.payload.length
        ? WAIT
        : 'The payload begins after header.headerLength bytes and has header.length bytes.',
  ];
}

/** The frame as it should be, beside one that is built from what the code returned. */
function compared(frame: SentFrame, value: Plain): Partial<Found> {
  const got = (value ?? {}) as Readonly<Record<string, Plain>>;
  const payload = bytesOf(got['payload']);
  const opcode = got['opcode'];
  if (payload === undefined || typeof opcode !== 'number' || !Number.isInteger(opcode) || opcode < 0 || opcode > 15)
    return {};
  const right = encodeFrame({ fin: frame.fin, opcode: frame.opcode, payload: frame.payload });
  const wrong = encodeFrame({ fin: got['fin'] === true, opcode, payload });
  const bytes = compareFrames('the frame without its mask', right, wrong);
  return bytes === undefined ? {} : { bytes };
}

function showFrame({ fin, opcode, payload }: SentFrame): string {
  return showValue({ fin, opcode, payload });
}

/** Each connection has a reader of its own: what is left over in one must not reach the other. */
async function twoReaders(code: RunningCode, watch: Watch): Promise<Failure | undefined> {
  const title = 'two readers at the same time';
  for (const at of [0, 1]) watch(await code.ask({ type: 'open', stage: 'createReader', at }));
  const ask = async (at: number, hex: string) =>
    watch(await code.ask({ type: 'receive', at, chunks: [bytesOfHex(hex)] }));
  await ask(0, '81054865');
  const second = await ask(1, '8900');
  const [frames] = second.values;
  const isPing =
    Array.isArray(frames) && frames.length === 1 && differenceOf(sent(OPCODE.ping, ''), frames[0]) === undefined;
  if (isPing) return undefined;
  return {
    title,
    ...failed(
      'The bytes of one reader reach the other.',
      'Declare the buffer inside createReader(), so that each connection has its own.',
      `[${showFrame(sent(OPCODE.ping, '', { masked: false }))}]`,
      showValue(frames),
    ),
  };
}
