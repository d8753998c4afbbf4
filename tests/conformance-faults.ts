import type { ConformanceCase } from '../src/conformance/case.ts';
import type { FramePart } from '../src/protocol/framing/decoder.ts';
import type { Frame } from '../src/protocol/framing/frame.ts';
import type { FrameHeader } from '../src/protocol/framing/header.ts';
import { minimalLengthField } from '../src/protocol/framing/layout.ts';
import { mask } from '../src/protocol/framing/masking.ts';
import { isControlOpcode, isReservedOpcode, OPCODE } from '../src/protocol/framing/opcode.ts';
import { computeAccept } from '../src/protocol/handshake/accept-key.ts';
import { EXAMPLE_KEY } from '../src/protocol/handshake/example-heads.ts';
import { type Header, headerValues, type RequestHead, type ResponseHead } from '../src/protocol/handshake/head.ts';
import { decodeText, encodeText } from '../src/protocol/utf8.ts';

/** One thing that a server does wrong; what is not there it does right. */
export interface Fault {
  readonly name: string;
  /** The cases that have to notice. */
  readonly breaks: (conformanceCase: ConformanceCase) => boolean;
  /** Opening handshake. */
  readonly opensAll?: boolean;
  readonly needsHeadInOneRead?: boolean;
  readonly losesBytesBehindHead?: boolean;
  readonly refusesHead?: (text: string) => boolean;
  readonly response?: (response: ResponseHead, request: RequestHead) => ResponseHead;
  readonly refusal?: (response: ResponseHead) => ResponseHead;
  /** What the checks are shown instead of a frame; undefined: nothing, so that it is not checked. */
  readonly checks?: (part: FramePart) => FramePart | undefined;
  /** What becomes part of a message instead of a frame; undefined: nothing. */
  readonly takes?: (part: FramePart) => FramePart | undefined;
  /** The rules whose breach makes it skip a frame, and go on. */
  readonly ignores?: readonly string[];
  readonly oneFrameARead?: boolean;
  readonly wholeFramesOnly?: boolean;
  /** Answers. */
  readonly masks?: boolean;
  readonly echo?: (opcode: number, payload: Uint8Array) => readonly Frame[];
  readonly failsMessage?: (opcode: number, payload: Uint8Array) => number | undefined;
  readonly pong?: (payload: Uint8Array) => Uint8Array | undefined;
  readonly answersPongs?: boolean;
  /** The closing handshake. */
  readonly takesAnyCloseBody?: boolean;
  readonly closeAnswer?: (payload: Uint8Array) => Uint8Array | undefined;
  readonly goesOnAfterClose?: boolean;
  readonly failureCode?: (statusCode: number) => number | undefined;
  readonly keepsTcp?: boolean;
}

const byId =
  (...prefixes: readonly string[]) =>
  ({ id }: ConformanceCase) =>
    prefixes.some((prefix) => id.startsWith(prefix));
const byRule =
  (...rules: readonly string[]) =>
  ({ rule = '', expectation }: ConformanceCase) =>
    expectation.type === 'failure' && rules.includes(rule);
const refusals = ({ expectation }: ConformanceCase) => expectation.type === 'refusal';
const failures = ({ expectation, heavy }: ConformanceCase) => expectation.type === 'failure' && !heavy;
const closings = ({ expectation, heavy }: ConformanceCase) => expectation.type === 'closing' && !heavy;
const opens = ({ id }: ConformanceCase) => /^\d[\d.]*-(opens|accept)-/.test(id);

/** The part with another header. */
const withHeader = (part: FramePart, changes: Partial<FrameHeader>): FramePart => ({
  ...part,
  header: { ...part.header, ...changes },
});
const asBinary = (part: FramePart) =>
  part.header.opcode === OPCODE.text ? withHeader(part, { opcode: OPCODE.binary }) : part;
const unlessReserved = (part: FramePart) => (isReservedOpcode(part.header.opcode) ? undefined : part);
const unlessHuge = (part: FramePart) => (part.header.payloadLength >= 2 ** 63 ? undefined : part);
const unlessContinuation = (part: FramePart) => (part.header.opcode === OPCODE.continuation ? undefined : part);
const asShortControl = (part: FramePart) =>
  isControlOpcode(part.header.opcode) && part.header.payloadLength > 125
    ? withHeader(part, { payloadLength: 125, lengthField: 125 })
    : part;
const asUnfragmented = (part: FramePart) =>
  isControlOpcode(part.header.opcode) ? withHeader(part, { fin: true }) : unlessContinuation(part);

const withHeaders = (response: ResponseHead, ...headers: Header[]): ResponseHead => ({
  ...response,
  headers: [...response.headers, ...headers],
});
const without = (response: ResponseHead, name: string): ResponseHead => ({
  ...response,
  headers: response.headers.filter((header) => header.name !== name),
});
const replacing = (response: ResponseHead, header: Header): ResponseHead =>
  withHeaders(without(response, header.name), header);
const sendingBack =
  (offer: string) =>
  (response: ResponseHead, request: RequestHead): ResponseHead => {
    const [value] = headerValues(request, offer);
    return value === undefined ? response : withHeaders(response, { name: offer, value });
  };
const NON_CHARACTER = /[\ufffe\uffff]|[\ud83f-\udbff][\udffe\udfff]/;

/** In the order of the sections. */
export const FAULTS: readonly Fault[] = [
  { name: 'opens every connection', breaks: refusals, opensAll: true },
  { name: 'refuses with 500', breaks: refusals, refusal: (response) => ({ ...response, httpStatus: 500 }) },
  {
    name: 'refuses without naming its version',
    breaks: ({ rule = '' }) => rule.endsWith('-version'),
    refusal: (response) => without(response, 'Sec-WebSocket-Version'),
  },
  {
    name: 'refuses without the header that belongs to the status',
    breaks: ({ rule }) => rule === 'method-not-get' || rule === 'missing-upgrade',
    refusal: (response) => without(without(response, 'Allow'), 'Upgrade'),
  },
  { name: 'refuses everybody', breaks: opens, refusesHead: () => true },
  {
    name: 'looks for headers by their spelling',
    breaks: byId(
      '4.2.1-opens-names',
      '4.2.1-opens-upgrade',
      '4.2.1-opens-connection',
      '4.2.1-opens-white',
      '4.2.1-opens-no-white',
    ),
    refusesHead: (text) =>
      !(text.includes('\r\nUpgrade: websocket\r\n') && text.includes('\r\nConnection: Upgrade\r\n')) ||
      text.includes('\r\nConnection: keep-alive\r\n'),
  },
  {
    name: 'looks for headers by their place',
    breaks: byId('4.2.1-opens-order'),
    refusesHead: (text) => !/^[^\n]*\nHost/i.test(text),
  },
  {
    name: 'takes no header that it does not know',
    breaks: byId('4.2.1-opens-unknown', '4.2.1-opens-cookie', '4.2.1-opens-origin'),
    refusesHead: (text) => /\r\n(X-|Cookie|Origin)/.test(text),
  },
  {
    name: 'takes only a path for a target',
    breaks: byId('4.2.1-opens-absolute'),
    refusesHead: (text) => !text.startsWith('GET /'),
  },
  { name: 'needs the request in one read', breaks: byId('4.2.1-opens-cut'), needsHeadInOneRead: true },
  { name: 'loses what came with the request', breaks: byId('4.2.2-opens-frames-behind'), losesBytesBehindHead: true },
  {
    name: 'always sends the accept of the sample key',
    breaks: byId('4.2.2-accept'),
    response: (response) => replacing(response, { name: 'Sec-WebSocket-Accept', value: computeAccept(EXAMPLE_KEY) }),
  },
  {
    name: 'takes every extension',
    breaks: byId('4.2.2-opens-extension', '9.1-opens-extension'),
    response: sendingBack('Sec-WebSocket-Extensions'),
  },
  {
    name: 'names a subprotocol that nobody offered',
    breaks: byId('4.2.2-opens-subprotocol'),
    response: (response) => withHeaders(response, { name: 'Sec-WebSocket-Protocol', value: 'chat' }),
  },
  {
    name: 'sends the list of subprotocols back',
    breaks: byId('4.2.2-opens-subprotocols'),
    response: sendingBack('Sec-WebSocket-Protocol'),
  },
  { name: 'masks its frames', breaks: (given) => closings(given) || failures(given), masks: true },
  {
    name: 'takes unmasked frames',
    breaks: byRule('unmasked-client-frame'),
    checks: (part) => withHeader(part, { masked: true }),
  },
  {
    name: 'ignores reserved bits',
    breaks: byRule('rsv1-set', 'rsv2-set', 'rsv3-set'),
    checks: (part) => withHeader(part, { rsv1: false, rsv2: false, rsv3: false }),
  },
  {
    name: 'skips reserved opcodes',
    breaks: byRule('reserved-data-opcode', 'reserved-control-opcode'),
    checks: unlessReserved,
    takes: unlessReserved,
  },
  {
    name: 'takes any length form',
    breaks: byRule('length-not-minimal-7', 'length-not-minimal-16'),
    checks: (part) => withHeader(part, { lengthField: minimalLengthField(part.header.payloadLength) }),
  },
  { name: 'waits for 2^63 bytes', breaks: byRule('length-top-bit-set'), checks: unlessHuge, takes: unlessHuge },
  {
    name: 'sends 65,535 bytes in the 64-bit form',
    breaks: byId('5.2-length-text-65535', '5.2-length-binary-65535'),
    echo: (opcode, payload) => [{ opcode, payload, ...(payload.length === 65535 ? { lengthField: 127 } : {}) }],
  },
  {
    name: 'loses a byte of what needs the 64-bit form',
    breaks: (given) =>
      byId('5.2-length-text-6553', '5.2-length-binary-6553', '6.2-large', '10.4-at-limit', '5.4-text-65536')(given) &&
      !given.id.endsWith('-65534') &&
      !given.id.endsWith('-65535'),
    echo: (opcode, payload) => [{ opcode, payload: payload.length > 65535 ? payload.subarray(1) : payload }],
  },
  {
    name: 'unmasks with the first byte of the key alone',
    breaks: byId('5.3-mask-01020304-2', '5.3-mask-000000ff-4', '5.3-mask-ff000000-126', '5.2-length-text-125'),
    takes: (part) => {
      const { maskingKey } = part.header;
      const first = (maskingKey >>> 24) * 0x01010101;
      return { ...part, payload: mask(mask(part.payload, maskingKey, part.payloadOffset), first >>> 0) };
    },
  },
  {
    name: 'reads one frame at a time',
    breaks: (given) => /frames-in-one-write$|ten-pings$|behind-message$|ping-among-messages$/.test(given.id),
    oneFrameARead: true,
  },
  {
    name: 'needs each frame in one read',
    breaks: (given) =>
      /^5\.2-cut-[1-5]-binary-[1-9]|^5\.2-cut-997|^5\.5\.2-.*-cut-1$|^8\.1-kosme-cut-1$|^5\.5\.1-cut-1$/.test(given.id),
    wholeFramesOnly: true,
  },
  {
    name: 'takes every fragment for a message',
    breaks: byId(
      '5.4-two-',
      '5.4-ping-between',
      '5.4-pong-between',
      '5.4-binary-three',
      '5.4-empty-',
      '5.4-message-behind',
      '5.4-fragments-of-1-',
      '5.4-pongs-in-time',
      '8.1-text-empty-fragments',
      '8.1-text-empty-around',
      '8.1-text-two-frames',
      '8.1-text-fragments',
      '8.1-kosme-fragments',
    ),
    takes: (part) => withHeader(part, { fin: true }),
  },
  {
    name: 'skips a continuation of nothing',
    breaks: byRule('continuation-without-message'),
    ignores: ['continuation-without-message'],
  },
  {
    name: 'skips a message within a message',
    breaks: byRule('message-inside-message'),
    ignores: ['message-inside-message'],
  },
  { name: 'takes long control frames', breaks: byRule('control-frame-too-long'), checks: asShortControl },
  {
    name: 'takes control frames in fragments',
    breaks: byRule('fragmented-control-frame'),
    checks: asUnfragmented,
    takes: unlessContinuation,
  },
  {
    name: 'answers no ping',
    breaks: byId(
      '5.5.2-',
      '5.4-ping-between',
      '5.4-pongs-in-time',
      '5.5.3-unasked-pong-then-ping',
      '10.4-over-limit-fragments',
    ),
    pong: () => undefined,
  },
  {
    name: 'answers pings with an empty pong',
    breaks: (given) => byId('5.5.2-')(given) && !given.id.endsWith('-empty'),
    pong: () => new Uint8Array(0),
  },
  { name: 'answers pongs', breaks: byId('5.5.3-', '5.4-pong-between'), answersPongs: true },
  { name: 'does not answer a close frame', breaks: closings, closeAnswer: () => undefined },
  {
    name: 'answers every close frame with 1001',
    breaks: (given) => closings(given) && given.id !== '7.4-close-1001',
    closeAnswer: () => Uint8Array.of(0x03, 0xe9),
  },
  {
    name: 'takes any close body',
    breaks: ({ rule = '', expectation }) => expectation.type === 'failure' && rule.startsWith('close-'),
    takesAnyCloseBody: true,
  },
  {
    name: 'goes on after a close frame',
    breaks: byId(
      '5.5.1-text-after',
      '5.5.1-binary-after',
      '5.5.1-ping-after-close',
      '5.5.1-close-after',
      '5.5.1-nonsense-after',
    ),
    checks: (part) => (part.header.rsv1 ? part : undefined),
    goesOnAfterClose: true,
  },
  { name: 'does not end TCP', breaks: byId('7.', '5.5.1-'), keepsTcp: true },
  { name: 'fails with 1011', breaks: failures, failureCode: () => 1011 },
  { name: 'fails without a close frame', breaks: failures, failureCode: () => undefined },
  { name: 'checks no UTF-8', breaks: byRule('text-not-utf8', 'text-cut-inside-character'), checks: asBinary },
  {
    name: 'checks UTF-8 at the end of a message',
    breaks: byId('8.1-early'),
    checks: asBinary,
    failsMessage: (opcode, payload) => (opcode === OPCODE.text && decodeText(payload) === undefined ? 1007 : undefined),
  },
  {
    name: 'drops byte order marks',
    breaks: byId('8.1-byte-order-mark-1', '8.1-byte-order-mark-2'),
    echo: (opcode, payload) => [
      { opcode, payload: opcode === OPCODE.text ? encodeText(new TextDecoder().decode(payload)) : payload },
    ],
  },
  {
    name: 'takes non-characters for invalid',
    breaks: byId('8.1-utf8-6.22', '8.1-utf8-6.23.6', '8.1-utf8-6.23.7'),
    failsMessage: (opcode, payload) =>
      opcode === OPCODE.text && NON_CHARACTER.test(decodeText(payload) ?? '') ? 1007 : undefined,
  },
  {
    name: 'answers text as binary',
    breaks: (given) => byId('8.1-text', '8.1-utf8-6.5', '5.2-length-text')(given),
    echo: (_opcode, payload) => [{ opcode: OPCODE.binary, payload }],
  },
  {
    name: 'ends a message at a byte 0',
    breaks: byId('8.1-utf8-6.7.1', '5.6-binary-any-byte'),
    echo: (opcode, payload) => [{ opcode, payload: payload.subarray(0, Math.max(payload.indexOf(0), 0)) }],
  },
  {
    name: 'echoes twice',
    breaks: byId('6.2-thousand', '5.2-length', '5.2-2-frames'),
    echo: (opcode, payload) => [
      { opcode, payload },
      { opcode, payload },
    ],
  },
  { name: 'has no limit', breaks: byRule('message-too-long'), ignores: ['message-too-long'] },
];
