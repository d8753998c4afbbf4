import type { Extension } from '../extensions/extension.ts';
import { type Rule, type Violation, violationOf } from '../violation.ts';
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

/** What one header alone can get wrong, in the order in which it is checked. RFC 6455 §5. */
export const FRAMING_RULES = {
  rsv1Set: {
    name: 'rsv1-set',
    section: '5.2',
    statusCode: 1002,
    field: 'RSV1',
    requirement: 'RSV1 must be 0 unless an extension was negotiated that gives it a meaning.',
    brokenBy: 'either',
    example: 'c18537fa213d7f9f4d5158',
  },
  rsv2Set: {
    name: 'rsv2-set',
    section: '5.2',
    statusCode: 1002,
    field: 'RSV2',
    requirement: 'RSV2 must be 0 unless an extension was negotiated that gives it a meaning.',
    brokenBy: 'either',
    example: 'a18537fa213d7f9f4d5158',
  },
  rsv3Set: {
    name: 'rsv3-set',
    section: '5.2',
    statusCode: 1002,
    field: 'RSV3',
    requirement: 'RSV3 must be 0 unless an extension was negotiated that gives it a meaning.',
    brokenBy: 'either',
    example: '918537fa213d7f9f4d5158',
  },
  reservedDataOpcode: {
    name: 'reserved-data-opcode',
    section: '5.2',
    statusCode: 1002,
    field: 'opcode',
    requirement: 'Opcodes 3 to 7 are reserved: a frame with one fails the connection.',
    brokenBy: 'either',
    example: '838037fa213d',
  },
  reservedControlOpcode: {
    name: 'reserved-control-opcode',
    section: '5.2',
    statusCode: 1002,
    field: 'opcode',
    requirement: 'Opcodes B to F are reserved: a frame with one fails the connection.',
    brokenBy: 'either',
    example: '8b8037fa213d',
  },
  unmaskedClientFrame: {
    name: 'unmasked-client-frame',
    section: '5.1',
    statusCode: 1002,
    field: 'MASK',
    requirement: 'A client masks every frame; a server closes the connection on an unmasked one.',
    brokenBy: 'client',
    example: '810548656c6c6f',
  },
  maskedServerFrame: {
    name: 'masked-server-frame',
    section: '5.1',
    statusCode: 1002,
    field: 'MASK',
    requirement: 'A server masks no frame; a client closes the connection on a masked one.',
    brokenBy: 'server',
    example: '818537fa213d7f9f4d5158',
  },
  lengthNeedsNoExtension: {
    name: 'length-not-minimal-7',
    section: '5.2',
    statusCode: 1002,
    field: 'extended payload length',
    requirement: 'A length up to 125 stands in the 7-bit field itself: the shortest form must be used.',
    brokenBy: 'either',
    example: '81fe000537fa213d7f9f4d5158',
  },
  lengthNeedsNo64Bits: {
    name: 'length-not-minimal-16',
    section: '5.2',
    statusCode: 1002,
    field: 'extended payload length',
    requirement: 'A length from 126 to 65,535 takes the 16-bit form: the shortest form must be used.',
    brokenBy: 'either',
    example: '82ff000000000000008037fa213d',
  },
  lengthTopBitSet: {
    name: 'length-top-bit-set',
    section: '5.2',
    statusCode: 1002,
    field: 'extended payload length',
    requirement: 'The most significant bit of a 64-bit length must be 0.',
    brokenBy: 'either',
    example: '82ff800000000000000037fa213d',
  },
  fragmentedControlFrame: {
    name: 'fragmented-control-frame',
    section: '5.5',
    statusCode: 1002,
    field: 'FIN',
    requirement: 'A control frame must not be fragmented: its FIN is 1.',
    brokenBy: 'either',
    example: '098537fa213d7f9f4d5158',
  },
  controlFrameTooLong: {
    name: 'control-frame-too-long',
    section: '5.5',
    statusCode: 1002,
    field: 'payload length',
    requirement: 'A control frame has a payload of at most 125 bytes.',
    brokenBy: 'either',
    example: `89fe007e00000000${'00'.repeat(MAX_CONTROL_PAYLOAD_LENGTH + 1)}`,
  },
} as const satisfies Record<string, Rule>;

/** What a header must be judged by besides itself. */
export interface HeaderContext {
  /** Who sent the frame. */
  readonly sender: 'client' | 'server';
  /** Those that both ends agreed on. */
  readonly extensions?: readonly Extension[];
}

const BYTE_WITH_LENGTH_FIELD = 1;

/**
 * Every MUST that can be told from one header, its sender known. RFC 6455 §5.1, §5.2, §5.5.
 *
 * @returns the first rule that it breaks, in wire order; undefined where it breaks none
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

function brokenFirstByteRule(header: FrameHeader, extensions: HeaderContext['extensions']): Rule | undefined {
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

function brokenMaskRule(header: FrameHeader, sender: HeaderContext['sender']): Rule | undefined {
  if (sender === 'client') return header.masked ? undefined : FRAMING_RULES.unmaskedClientFrame;
  return header.masked ? FRAMING_RULES.maskedServerFrame : undefined;
}

function brokenLengthRule(header: FrameHeader): Rule | undefined {
  const { lengthField, payloadLength } = header;
  if (payloadLength >= 2 ** 63) return FRAMING_RULES.lengthTopBitSet;
  const minimal = minimalLengthField(payloadLength);
  if (lengthField !== minimal) {
    return minimal < LENGTH_IN_16_BITS ? FRAMING_RULES.lengthNeedsNoExtension : FRAMING_RULES.lengthNeedsNo64Bits;
  }
  const tooLong = isControlOpcode(header.opcode) && payloadLength > MAX_CONTROL_PAYLOAD_LENGTH;
  return tooLong ? FRAMING_RULES.controlFrameTooLong : undefined;
}
