import { statusCodeInfo } from '../../protocol/closing/status-codes.ts';
import { layoutOf } from '../../protocol/framing/layout.ts';
import { OPCODES } from '../../protocol/framing/opcode.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import type { Violation } from '../../protocol/violation.ts';
import { fieldNamed } from './field.ts';
import { countBytes } from './field-meaning.ts';
import type { FrameDump } from './frame-dump.ts';

/**
 * A frame in a few words: `text, masked, 5 bytes, final`; the bytes are those of its payload.
 *
 * @param dump of the whole frame, or of its header alone
 * @param shown how many bytes there are of it to show
 */
export function describeFrame(dump: FrameDump, shown = dump.hex.length / 2): string {
  const { fields } = dump;
  const opcode = fieldNamed(fields, 'opcode')?.value;
  const masked = fieldNamed(fields, 'MASK')?.value;
  const fin = fieldNamed(fields, 'FIN')?.value;
  const words = [typeof opcode === 'number' ? (OPCODES[opcode]?.name ?? '') : 'no bytes'];
  if (masked !== undefined) words.push(masked === 1 ? 'masked' : 'unmasked');
  const payloadLength = payloadLengthOf(dump);
  if (payloadLength !== undefined) words.push(countBytes(payloadLength));
  if (fin !== undefined) words.push(fin === 1 ? 'final' : 'more fragments follow');
  if (payloadLength === undefined) words.push(`cut within its header after ${countBytes(shown)}`);
  else if (dump.truncated) words.push(`cut after ${countBytes(shown)}`);
  return words.join(', ');
}

/** The payload's length as the header states it; undefined where the header itself is cut. */
function payloadLengthOf({ fields, hex }: FrameDump): bigint | undefined {
  const lengthField = fieldNamed(fields, 'payload length');
  if (lengthField === undefined) return undefined;
  const { headerLength } = layoutOf(Number.parseInt(hex.slice(2, 4), 16));
  if (hex.length / 2 < headerLength) return undefined;
  const { value } = fieldNamed(fields, 'extended payload length') ?? lengthField;
  return typeof value === 'number' || /^\d+$/.test(value) ? BigInt(value) : undefined;
}

/** What is wrong, where, counted from 1 as people count, and what the receiver must do. RFC 6455 §7.1.7. */
export function describeViolation({ rule: name, section, statusCode, start, end }: Violation): string {
  const rule = ruleNamed(name);
  const where = end - start > 1 ? `Bytes ${start + 1} to ${end}` : `Byte ${start + 1}`;
  const field = rule === undefined ? '' : `, ${rule.field}`;
  const requirement = rule?.requirement ?? `The rule "${name}" is broken.`;
  const code = `${statusCode} (${statusCodeInfo(statusCode).name})`;
  return `${where}${field}: ${requirement} The receiver must fail the connection, with status code ${code}. RFC 6455 §${section}.`;
}
