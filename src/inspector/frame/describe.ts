import { statusCodeInfo } from '../../protocol/closing/status-codes.ts';
import { OPCODES } from '../../protocol/framing/opcode.ts';
import { ruleNamed } from '../../protocol/rules.ts';
import type { Violation } from '../../protocol/violation.ts';
import { countBytes, formatNumber } from '../../text/count.ts';
import type { FrameDump } from './frame-dump.ts';

/**
 * Describes a frame in a few words: `text, masked, 5 bytes, final`. The bytes are those of its payload.
 *
 * @param dump of the whole frame, or of its header alone
 * @param shown how many bytes of it there are
 */
export function describeFrame(dump: FrameDump, shown = dump.hex.length / 2): string {
  const { opcode, fin, masked, payloadLength } = dump;
  const words = [opcode === undefined ? 'no bytes' : (OPCODES[opcode]?.name ?? '')];
  if (masked !== undefined) words.push(masked ? 'masked' : 'unmasked');
  if (payloadLength !== undefined) words.push(countBytes(BigInt(payloadLength)));
  if (fin !== undefined) words.push(fin ? 'final' : 'more fragments follow');
  if (payloadLength === undefined) words.push(`cut within its header after ${countBytes(shown)}`);
  else if (dump.truncated) words.push(`cut after ${formatNumber(shown)} of ${countBytes(dump.byteLength)}`);
  return words.join(', ');
}

/** Describes a violation: where (counted from 1), the requirement, and the status code. RFC 6455 §7.1.7. */
export function describeViolation({ rule: name, section, statusCode, start, end }: Violation): string {
  const rule = ruleNamed(name);
  const where = end - start > 1 ? `Bytes ${start + 1} to ${end}` : `Byte ${start + 1}`;
  const field = rule === undefined ? '' : `, ${rule.field}`;
  const requirement = rule?.requirement ?? `The rule "${name}" is broken.`;
  const code = `${statusCode} (${statusCodeInfo(statusCode).name})`;
  return `${where}${field}: ${requirement} The receiver fails the connection with ${code}. RFC 6455 §${section}.`;
}
