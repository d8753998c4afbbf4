import { decodeCloseBody } from '../../protocol/closing/close-body.ts';
import { statusCodeInfo } from '../../protocol/closing/status-codes.ts';
import type { FrameHeader } from '../../protocol/framing/header.ts';
import { LENGTH_IN_16_BITS, LENGTH_IN_64_BITS, minimalLengthField } from '../../protocol/framing/layout.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { isControlOpcode, OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';

/** What FIN says. RFC 6455 §5.2, §5.4. */
export function meaningOfFin({ fin, opcode }: FrameHeader): string {
  if (isControlOpcode(opcode)) {
    return fin ? 'the whole of a control frame' : 'a fragment of a control frame, which may not be fragmented';
  }
  if (!fin) return 'more fragments of this message follow';
  return opcode === OPCODE.continuation ? 'the last fragment of its message' : 'the whole message is in this frame';
}

/** What a reserved bit says. RFC 6455 §5.2. */
export function meaningOfReservedBit(set: boolean): string {
  return set ? 'set: only an extension that both ends agreed on may do so' : 'not set: no extension uses it here';
}

const OPCODE_MEANINGS = new Map<number, string>([
  [OPCODE.continuation, 'goes on with the message that an earlier frame began'],
  [OPCODE.text, 'begins a message whose payload is UTF-8'],
  [OPCODE.binary, 'begins a message whose payload is any bytes'],
  [OPCODE.close, 'begins or answers the closing handshake'],
  [OPCODE.ping, 'asks for a pong with the same payload'],
  [OPCODE.pong, 'answers a ping, or says unasked that its sender is alive'],
]);

/** What the opcode says. RFC 6455 §5.2. */
export function meaningOfOpcode(opcode: number): string {
  const { name = '', kind = '' } = OPCODES[opcode] ?? {};
  const meaning = OPCODE_MEANINGS.get(opcode) ?? `nobody may send this kind of ${kind} frame without an extension`;
  return `${name}: ${meaning}`;
}

/** What the MASK bit says. RFC 6455 §5.1. */
export function meaningOfMask(masked: boolean): string {
  return masked
    ? 'the payload is masked, as in every frame that a client sends'
    : 'the payload is not masked, as in every frame that a server sends';
}

/** What the 7-bit length says. RFC 6455 §5.2. */
export function meaningOfLengthField(lengthField: number): string {
  if (lengthField === LENGTH_IN_16_BITS) return 'the length is in the next 16 bits';
  if (lengthField === LENGTH_IN_64_BITS) return 'the length is in the next 64 bits';
  return `the payload has ${countBytes(lengthField)}`;
}

/** What the length in the longer form says; `exact` is the number that its bytes hold. RFC 6455 §5.2. */
export function meaningOfExtendedLength(header: FrameHeader, exact: bigint): string {
  const length = `the payload has ${countBytes(exact)}`;
  if (exact >= 2n ** 63n) return `${length}, but the most significant bit must be 0`;
  const minimal = minimalLengthField(header.payloadLength);
  if (minimal === header.lengthField) return length;
  return `${length}, which the ${minimal === LENGTH_IN_16_BITS ? 16 : 7} bits of a shorter form can hold`;
}

/** What the masking-key does. RFC 6455 §5.3. */
export function meaningOfMaskingKey({ maskingKey }: FrameHeader): string {
  return maskingKey === 0
    ? 'four zero bytes: XOR with them changes nothing'
    : 'byte i of the payload is XORed with byte i mod 4 of this key';
}

/**
 * What the payload is. RFC 6455 §5.2, §5.5.1.
 *
 * @param onTheWire the payload as it came, masked or not; may be cut
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
