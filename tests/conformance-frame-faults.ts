import {
  FRAMING_RULES,
  type FramePart,
  isControlOpcode,
  isReservedOpcode,
  mask,
  minimalLengthField,
  OPCODE,
} from '../src/protocol/index.ts';
import { byId, byRule, closings, type Fault, failures, withHeader } from './conformance-fault.ts';

const unlessReserved = (part: FramePart) => (isReservedOpcode(part.opcode) ? undefined : part);
const unlessHuge = (part: FramePart) => (part.payloadLength >= 2 ** 63 ? undefined : part);
const unlessContinuation = (part: FramePart) => (part.opcode === OPCODE.continuation ? undefined : part);
const asShortControl = (part: FramePart) =>
  isControlOpcode(part.opcode) && part.payloadLength > 125
    ? withHeader(part, { payloadLength: 125, lengthField: 125 })
    : part;
const asUnfragmented = (part: FramePart) =>
  isControlOpcode(part.opcode) ? withHeader(part, { fin: true }) : unlessContinuation(part);

const asMinimal = (part: FramePart) => withHeader(part, { lengthField: minimalLengthField(part.payloadLength) });
const never = () => false;

/** Each bit and each kind of opcode by itself. */
const { rsv1Set, rsv2Set, rsv3Set, reservedDataOpcode, reservedControlOpcode } = FRAMING_RULES;
const SKIPPED = [rsv1Set, rsv2Set, rsv3Set, reservedDataOpcode, reservedControlOpcode];

/** What a server does wrong with frames and fragments. RFC 6455 §5. */
export const FRAME_FAULTS: readonly Fault[] = [
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
    name: 'takes the 16-bit form for short payloads',
    breaks: never,
    bends: byRule('length-not-minimal-7'),
    checks: (part) => (minimalLengthField(part.payloadLength) < 126 ? asMinimal(part) : part),
  },
  {
    name: 'takes the 64-bit form for payloads that fit into 16 bits',
    breaks: never,
    bends: byRule('length-not-minimal-16'),
    checks: (part) => (minimalLengthField(part.payloadLength) === 126 ? asMinimal(part) : part),
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
      byId('6.2-large', '10.4-at-limit', '5.4-text-65536')(given) ||
      /^5\.2-(?:length|cut)-.*-(?:65536|65537)$/.test(given.id),
    echo: (opcode, payload) => [{ opcode, payload: payload.length > 65535 ? payload.subarray(1) : payload }],
  },
  {
    name: 'unmasks with the first byte of the key alone',
    breaks: byId('5.3-mask-01020304-2', '5.3-mask-000000ff-4', '5.3-mask-ff000000-126', '5.2-length-text-125'),
    takes: (part) => {
      const { maskingKey } = part;
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
    breaks: byId('5.5.2-', '5.4-ping-between', '5.4-pongs-in-time', '5.5.3-unasked-pong-then-ping'),
    bends: byId('10.4-over-limit-fragments', '4.2.2-opens-ping-behind'),
    pong: () => undefined,
  },
  {
    name: 'answers pings with an empty pong',
    breaks: (given) => byId('5.5.2-')(given) && !given.id.endsWith('-empty'),
    pong: () => new Uint8Array(0),
  },
  { name: 'holds its pongs until the message is whole', breaks: byId('5.4-pongs-in-time'), holdsPongs: true },
  { name: 'answers pongs', breaks: byId('5.5.3-', '5.4-pong-between'), answersPongs: true },
  ...SKIPPED.map(({ name }) => ({ name: `skips what breaks ${name}`, breaks: byRule(name), ignores: [name] })),
];
