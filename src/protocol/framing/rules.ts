import type { Extension } from '../extensions/extension.ts';
import type { FrameRule } from '../rule.ts';
import { type Violation, violationOf } from '../violation.ts';
import { endOfLength, type FrameHeader } from './header.ts';
import {
  LENGTH_IN_16_BITS,
  MAX_CONTROL_PAYLOAD_LENGTH,
  minimalLengthField,
  RSV1_BIT,
  RSV2_BIT,
  RSV3_BIT,
} from './layout.ts';
import { isControlOpcode, isReservedOpcode, OPCODE } from './opcode.ts';

/** What can be wrong with a single header, in the order in which it is checked. RFC 6455 §5. */
export const FRAMING_RULES = {
  rsv1Set: {
    name: 'rsv1-set',
    section: '5.2',
    statusCode: 1002,
    receiver: 'must',
    field: 'RSV1',
    requirement: 'RSV1 must be 0 unless both sides agreed on an extension that gives it a meaning.',
    why: 'An extension such as compression sets this bit. A receiver that ignored it would take compressed bytes for text.',
    brokenBy: 'either',
    example: 'c18537fa213d7f9f4d5158',
  },
  rsv2Set: {
    name: 'rsv2-set',
    section: '5.2',
    statusCode: 1002,
    receiver: 'must',
    field: 'RSV2',
    requirement: 'RSV2 must be 0 unless both sides agreed on an extension that gives it a meaning.',
    why: 'The bit is reserved for extensions. A receiver without the extension cannot know what the frame means.',
    brokenBy: 'either',
    example: 'a18537fa213d7f9f4d5158',
  },
  rsv3Set: {
    name: 'rsv3-set',
    section: '5.2',
    statusCode: 1002,
    receiver: 'must',
    field: 'RSV3',
    requirement: 'RSV3 must be 0 unless both sides agreed on an extension that gives it a meaning.',
    why: 'The bit is reserved for extensions. A receiver without the extension cannot know what the frame means.',
    brokenBy: 'either',
    example: '918537fa213d7f9f4d5158',
  },
  reservedDataOpcode: {
    name: 'reserved-data-opcode',
    section: '5.2',
    statusCode: 1002,
    receiver: 'must',
    field: 'opcode',
    requirement: 'Opcodes 3 to 7 are reserved: they must not be used.',
    why: 'A later version may give these opcodes a meaning. A receiver that skipped such a frame would lose data without noticing.',
    brokenBy: 'either',
    example: '838037fa213d',
  },
  reservedControlOpcode: {
    name: 'reserved-control-opcode',
    section: '5.2',
    statusCode: 1002,
    receiver: 'must',
    field: 'opcode',
    requirement: 'Opcodes B to F are reserved: they must not be used.',
    why: 'A later version may define more control frames. A receiver that skipped one would miss what its peer asks of it.',
    brokenBy: 'either',
    example: '8b8037fa213d',
  },
  unmaskedClientFrame: {
    name: 'unmasked-client-frame',
    section: '5.1',
    statusCode: 1002,
    receiver: 'must',
    field: 'MASK',
    requirement: 'A client masks every frame; a server closes the connection if a frame is not masked.',
    why: 'Without the mask, a script in a page could choose the bytes on the wire. A proxy could take them for an HTTP request and cache a forged answer for other users.',
    brokenBy: 'client',
    example: '810548656c6c6f',
  },
  maskedServerFrame: {
    name: 'masked-server-frame',
    section: '5.1',
    statusCode: 1002,
    receiver: 'must',
    field: 'MASK',
    requirement: 'A server never masks a frame; a client closes the connection if a frame is masked.',
    why: 'The mask protects proxies from bytes that a script in a page chose, and a server sends none of those. A masked frame is a sign that the peer has mixed up the roles.',
    brokenBy: 'server',
    example: '818537fa213d7f9f4d5158',
  },
  lengthNeedsNoExtension: {
    name: 'length-not-minimal-7',
    section: '5.2',
    statusCode: 1002,
    receiver: 'may',
    field: 'extended payload length',
    requirement: 'A length up to 125 must be in the 7-bit field itself: the shortest form is required.',
    why: 'Each length has exactly one form. If there were several, a filter on the way and the receiver could read the same bytes differently.',
    brokenBy: 'either',
    example: '81fe000537fa213d7f9f4d5158',
  },
  lengthNeedsNo64Bits: {
    name: 'length-not-minimal-16',
    section: '5.2',
    statusCode: 1002,
    receiver: 'may',
    field: 'extended payload length',
    requirement: 'A length from 126 to 65,535 must be in the 16-bit form: the shortest form is required.',
    why: 'Each length has exactly one form. If there were several, a filter on the way and the receiver could read the same bytes differently.',
    brokenBy: 'either',
    example: '82ff000000000000008037fa213d',
  },
  lengthTopBitSet: {
    name: 'length-top-bit-set',
    section: '5.2',
    statusCode: 1002,
    receiver: 'may',
    field: 'extended payload length',
    requirement: 'The most significant bit of a 64-bit length must be 0.',
    why: 'Many languages have only signed 64-bit integers. They would read such a length as a negative number.',
    brokenBy: 'either',
    example: '82ff800000000000000037fa213d',
  },
  fragmentedControlFrame: {
    name: 'fragmented-control-frame',
    section: '5.5',
    statusCode: 1002,
    receiver: 'may',
    field: 'FIN',
    requirement: 'A control frame must not be fragmented: its FIN is 1.',
    why: 'A control frame may arrive between the fragments of a message, and is acted on at once. If it had fragments of its own, the receiver would have to keep two unfinished messages apart.',
    brokenBy: 'either',
    example: '098537fa213d7f9f4d5158',
  },
  controlFrameTooLong: {
    name: 'control-frame-too-long',
    section: '5.5',
    statusCode: 1002,
    receiver: 'may',
    field: 'payload length',
    requirement: 'A control frame has a payload of at most 125 bytes.',
    why: 'A receiver can keep any control frame in a small buffer, and a control frame between two fragments never delays the message for long.',
    brokenBy: 'either',
    example: `89fe007e00000000${'00'.repeat(MAX_CONTROL_PAYLOAD_LENGTH + 1)}`,
  },
} as const satisfies Record<string, FrameRule>;

/** What a header must be judged by in addition to its own bytes. */
export interface HeaderContext {
  /** The side that sent the frame. */
  readonly sender: 'client' | 'server';
  /** Those that both ends agreed on. */
  readonly extensions?: readonly Extension[];
}

const BYTE_WITH_LENGTH_FIELD = 1;

/**
 * Checks everything that one header can show, once its sender is known. RFC 6455 §5.1, §5.2, §5.5.
 *
 * @returns the first rule that it breaks, in wire order; undefined if it breaks none
 */
export function checkHeader(header: FrameHeader, context: HeaderContext): Violation | undefined {
  const rule = brokenFirstByteRule(header, context.extensions) ?? brokenMaskRule(header, context.sender);
  if (rule !== undefined) {
    const byte = rule.field === 'MASK' ? BYTE_WITH_LENGTH_FIELD : 0;
    return violationOf(rule, byte, byte + 1);
  }
  const lengthRule = brokenLengthRule(header);
  return lengthRule && violationOf(lengthRule, BYTE_WITH_LENGTH_FIELD, endOfLength(header));
}

function brokenFirstByteRule(header: FrameHeader, extensions: HeaderContext['extensions']): FrameRule | undefined {
  if (header.rsv1 && !hasMeaning(RSV1_BIT, header, extensions)) return FRAMING_RULES.rsv1Set;
  if (header.rsv2 && !hasMeaning(RSV2_BIT, header, extensions)) return FRAMING_RULES.rsv2Set;
  if (header.rsv3 && !hasMeaning(RSV3_BIT, header, extensions)) return FRAMING_RULES.rsv3Set;
  const control = isControlOpcode(header.opcode);
  if (isReservedOpcode(header.opcode)) {
    return control ? FRAMING_RULES.reservedControlOpcode : FRAMING_RULES.reservedDataOpcode;
  }
  return control && !header.fin ? FRAMING_RULES.fragmentedControlFrame : undefined;
}

/** An extension marks the messages that it changed, in their first frame. RFC 6455 §9.2, RFC 7692 §6. */
function hasMeaning(bit: number, { opcode }: FrameHeader, extensions: HeaderContext['extensions'] = []): boolean {
  const beginsMessage = opcode === OPCODE.text || opcode === OPCODE.binary;
  return beginsMessage && extensions.some(({ reservedBit }) => reservedBit === bit);
}

function brokenMaskRule(header: FrameHeader, sender: HeaderContext['sender']): FrameRule | undefined {
  if (sender === 'client') return header.masked ? undefined : FRAMING_RULES.unmaskedClientFrame;
  return header.masked ? FRAMING_RULES.maskedServerFrame : undefined;
}

function brokenLengthRule(header: FrameHeader): FrameRule | undefined {
  const { lengthField, payloadLength } = header;
  if (payloadLength >= 2 ** 63) return FRAMING_RULES.lengthTopBitSet;
  const minimal = minimalLengthField(payloadLength);
  if (lengthField !== minimal) {
    return minimal < LENGTH_IN_16_BITS ? FRAMING_RULES.lengthNeedsNoExtension : FRAMING_RULES.lengthNeedsNo64Bits;
  }
  const tooLong = isControlOpcode(header.opcode) && payloadLength > MAX_CONTROL_PAYLOAD_LENGTH;
  return tooLong ? FRAMING_RULES.controlFrameTooLong : undefined;
}
