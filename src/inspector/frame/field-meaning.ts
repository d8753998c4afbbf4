import { decodeCloseBody } from '../../protocol/closing/close-body.ts';
import { statusCodeInfo } from '../../protocol/closing/status-codes.ts';
import type { FrameHeader } from '../../protocol/framing/header.ts';
import { LENGTH_IN_16_BITS, LENGTH_IN_64_BITS, minimalLengthField } from '../../protocol/framing/layout.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { isControlOpcode, OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';

/** The meaning of FIN. RFC 6455 §5.2, §5.4. */
export function meaningOfFin({ fin, opcode }: FrameHeader): string {
  if (isControlOpcode(opcode)) {
    return fin ? 'the control frame is complete' : 'a fragment, but a control frame must not be fragmented';
  }
  if (!fin) return 'more fragments of this message follow';
  return opcode === OPCODE.continuation ? 'the last fragment of its message' : 'the whole message is in this frame';
}

/** The meaning of a reserved bit. RFC 6455 §5.2. */
export function meaningOfReservedBit(set: boolean): string {
  return set ? 'set: only an extension that both sides agreed on may set it' : 'not set: no extension uses it here';
}

const OPCODE_MEANINGS = new Map<number, string>([
  [OPCODE.continuation, 'continues the message that an earlier frame began'],
  [OPCODE.text, 'begins a message whose payload is UTF-8'],
  [OPCODE.binary, 'begins a message whose payload can be any bytes'],
  [OPCODE.close, 'begins or answers the closing handshake'],
  [OPCODE.ping, 'asks for a pong with the same payload'],
  [OPCODE.pong, 'answers a ping, or shows without being asked that the sender is alive'],
]);

/** The meaning of the opcode. RFC 6455 §5.2. */
export function meaningOfOpcode(opcode: number): string {
  const { name = '', kind = '' } = OPCODES[opcode] ?? {};
  const meaning = OPCODE_MEANINGS.get(opcode) ?? `a ${kind} frame that must not be sent without an extension`;
  return `${name}: ${meaning}`;
}

/** The meaning of the MASK bit. RFC 6455 §5.1. */
export function meaningOfMask(masked: boolean): string {
  return masked
    ? 'the payload is masked, as in every frame that a client sends'
    : 'the payload is not masked, as in every frame that a server sends';
}

/** The meaning of the 7-bit length. RFC 6455 §5.2. */
export function meaningOfLengthField(lengthField: number): string {
  if (lengthField === LENGTH_IN_16_BITS) return 'the length is in the next 16 bits';
  if (lengthField === LENGTH_IN_64_BITS) return 'the length is in the next 64 bits';
  return `the payload has ${countBytes(lengthField)}`;
}

/** The meaning of a length in a longer form. @param exact the number in its bytes. RFC 6455 §5.2. */
export function meaningOfExtendedLength(header: FrameHeader, exact: bigint): string {
  const length = `the payload has ${countBytes(exact)}`;
  if (exact >= 2n ** 63n) return `${length}, but the most significant bit must be 0`;
  const minimal = minimalLengthField(header.payloadLength);
  if (minimal === header.lengthField) return length;
  return `${length}, which fits into the ${minimal === LENGTH_IN_16_BITS ? 16 : 7} bits of a shorter form`;
}

/** The effect of the masking-key. RFC 6455 §5.3. */
export function meaningOfMaskingKey({ maskingKey }: FrameHeader): string {
  return maskingKey === 0
    ? 'four zero bytes: XOR with them changes nothing'
    : 'byte i of the payload is XORed with byte i mod 4 of this key';
}

/**
 * Describes the payload. RFC 6455 §5.2, §5.5.1.
 *
 * @param onTheWire the payload as received, masked or not; may be cut
 */
export function meaningOfPayload(header: FrameHeader, onTheWire: Uint8Array): string {
  const size = countBytes(header.payloadLength);
  const masked = header.masked ? ', masked' : '';
  if (header.opcode === OPCODE.close && onTheWire.length >= 2) {
    const { closeCode } = decodeCloseBody(mask(onTheWire.subarray(0, 2), header.maskingKey));
    return `${size}${masked}: status code ${closeCode}, ${statusCodeInfo(closeCode).name}`;
  }
  return `${size} ${header.opcode === OPCODE.text ? 'of text' : 'of payload'}${masked}`;
}
