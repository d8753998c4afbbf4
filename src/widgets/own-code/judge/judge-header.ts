import { bytesOfHex } from '../../../bytes/hex.ts';
import type { FieldName } from '../../../protocol/field-name.ts';
import { decodeHeader } from '../../../protocol/framing/header.ts';
import type { Plain } from '../host/plain.ts';
import type { RunningCode } from '../running-code.ts';
import { bytesOf } from './bytes-of.ts';
import { firstDifference, pointAt } from './compare-bytes.ts';
import { runTests, type StageTest } from './run-tests.ts';
import { describeKind, fixKind, showBytes, showValue } from './show-value.ts';
import type { Failure, StageVerdict } from './verdict.ts';

const TESTS = [
  { title: 'an unmasked text frame', hex: '810548656c6c6f' },
  { title: 'a masked text frame', hex: '818237fa213d7f93' },
  { title: 'the first fragment of a message', hex: '010348656c' },
  { title: 'a masked pong', hex: '8a8537fa213d7f9f4d5158' },
  { title: 'an empty continuation frame', hex: '8000' },
  { title: 'a frame with RSV1', hex: 'c10548656c6c6f' },
  { title: 'a frame with RSV2 and RSV3', hex: 'b100' },
  { title: 'a payload of 125 bytes', hex: `827d${'00'.repeat(125)}` },
  { title: 'a payload of 256 bytes, in the 16-bit form', hex: `827e0100${'00'.repeat(256)}` },
  { title: 'a masked payload of 126 bytes', hex: `82fe007e37fa213d${'00'.repeat(126)}` },
  { title: 'a header that announces 65,536 bytes, in the 64-bit form', hex: '827f0000000000010000' },
  { title: 'a header that announces 3 GB', hex: '827f00000000c0000000' },
  { title: 'a masked header that announces 4,294,967,298 bytes', hex: '82ff000000010000000200000001' },
  { title: 'no bytes at all', hex: '' },
  { title: 'only the first byte of a frame', hex: '81' },
  { title: 'a header cut within its length', hex: '817e01' },
  { title: 'a header cut within its 64-bit length', hex: '827f00000000000100' },
  { title: 'a header cut within its masking key', hex: '818537fa21' },
];

/** The fields of the result, and where the wire has them. */
const FIELDS = ['fin', 'rsv', 'opcode', 'masked', 'length', 'headerLength', 'key'] as const;

type ResultField = (typeof FIELDS)[number];

/** Judges `decodeHeader(bytes)`, field by field. RFC 6455 §5.2. */
export function judgeHeader(code: RunningCode): Promise<StageVerdict> {
  return runTests(
    'decodeHeader',
    TESTS.map(
      ({ title, hex }): StageTest => ({
        title,
        run: async (watch) => {
          const bytes = bytesOfHex(hex);
          const { values } = watch(await code.ask({ type: 'call', stage: 'decodeHeader', args: [bytes] }));
          const failure = compare(bytes, values[0], values.length > 0);
          return failure && { ...failure, title, call: `decodeHeader(bytes) with ${showBytes(bytes)}` };
        },
      }),
    ),
  );
}

type Found = Omit<Failure, 'title' | 'call'>;

function compare(bytes: Uint8Array, got: Plain, returned: boolean): Found | undefined {
  const expected = expectedOf(bytes);
  if (expected === undefined) {
    if (returned && (got === undefined || got === null)) return undefined;
    return {
      finding: 'The header is not complete, so there is nothing to return yet.',
      fix: 'Compute how long the header is, and return undefined while there are fewer bytes. Two bytes tell you its length.',
      ...{ expected: 'undefined', got: showValue(got) },
    };
  }
  if (typeof got !== 'object' || got === null || got instanceof Uint8Array || Array.isArray(got)) {
    return {
      finding: `decodeHeader() must return an object with ${FIELDS.join(', ')}. It returned ${describeKind(got)}.`,
      fix:
        got === undefined || got === null
          ? 'The header is complete: it needs no byte of the payload. Does every path end with return?'
          : fixKind(got),
      ...{ expected: showValue(expected), got: showValue(got) },
    };
  }
  const result = got as Readonly<Record<string, Plain>>;
  const wrong = FIELDS.find((field) => !isSame(expected[field], result[field]));
  if (wrong === undefined) return undefined;
  const field = fieldOnWire(wrong, bytes);
  return {
    finding: `${wrong} is ${showValue(result[wrong])}, and must be ${showValue(expected[wrong])}.`,
    fix: fixOf(wrong, result[wrong], expected, bytes),
    ...{ expected: showValue(expected), got: showValue(got) },
    ...(field !== undefined && { bytes: pointAt('the frame', bytes, field) }),
  };
}

type Expected = Readonly<Record<ResultField, boolean | number | Uint8Array | undefined>>;

function expectedOf(bytes: Uint8Array): Expected | undefined {
  const header = decodeHeader(bytes);
  if (header === undefined) return undefined;
  const { fin, opcode, masked, payloadLength: length, headerLength } = header;
  const rsv = ((bytes[0] as number) & 0x70) >> 4;
  const key = masked ? bytes.slice(headerLength - 4, headerLength) : undefined;
  return { fin, rsv, opcode, masked, length, key, headerLength };
}

function isSame(expected: Expected[ResultField], got: Plain): boolean {
  if (expected instanceof Uint8Array) {
    const bytes = bytesOf(got);
    return bytes !== undefined && firstDifference(expected, bytes) === undefined;
  }
  // An unmasked frame has no key: null or empty says it as well.
  if (expected === undefined) return got === undefined || got === null || bytesOf(got)?.length === 0;
  return expected === got;
}

function fieldOnWire(field: ResultField, bytes: Uint8Array): FieldName | undefined {
  const isLong = ((bytes[1] as number) & 0x7f) > 125;
  switch (field) {
    case 'fin':
      return 'FIN';
    case 'rsv':
      return ((bytes[0] as number) & 0x40) !== 0 ? 'RSV1' : 'RSV2';
    case 'opcode':
      return 'opcode';
    case 'masked':
      return 'MASK';
    case 'length':
      return isLong ? 'extended payload length' : 'payload length';
    case 'key':
      return ((bytes[1] as number) & 0x80) === 0 ? 'MASK' : 'masking-key';
    case 'headerLength':
      return ((bytes[1] as number) & 0x80) === 0 ? 'payload length' : 'masking-key';
  }
}

/** Names the mistake, if the wrong value shows it. */
function fixOf(field: ResultField, got: Plain, expected: Expected, bytes: Uint8Array): string {
  const [first, second] = [bytes[0] as number, bytes[1] as number];
  if (got === undefined) return `The object has no property with the name ${field}.`;
  switch (field) {
    case 'fin':
    case 'masked': {
      const byte = field === 'fin' ? 1 : 2;
      if (typeof got === 'number') return `Return true or false: (bytes[${byte - 1}] & 0x80) !== 0.`;
      return `It is the top bit of byte ${byte}: (bytes[${byte - 1}] & 0x80) !== 0.`;
    }
    case 'rsv':
      if (got === (first & 0x70)) return 'These are the right bits, but not shifted down: (bytes[0] & 0x70) >> 4.';
      return 'RSV1, RSV2 and RSV3 are the three bits after FIN. As one number: (bytes[0] & 0x70) >> 4.';
    case 'opcode':
      if (got === first) return 'You used all of byte 1. The opcode is its lower four bits: bytes[0] & 0x0f.';
      if (got === (first & 0x7f))
        return 'The RSV bits are still in it. The opcode is the lower four bits: bytes[0] & 0x0f.';
      return 'The opcode is the lower four bits of byte 1: bytes[0] & 0x0f.';
    case 'length':
      return fixOfLength(got, second, bytes);
    case 'headerLength':
      return fixOfHeaderLength(got, expected, second);
    case 'key':
      if (expected.key === undefined) return 'An unmasked frame has no key: return undefined for it.';
      if (bytesOf(got) === undefined) return 'The key is four bytes: bytes.slice(headerLength - 4, headerLength).';
      return 'The key is the last four bytes of the header. A 16-bit or 64-bit length comes before it.';
  }
}

function fixOfLength(got: Plain, second: number, bytes: Uint8Array): string {
  const short = second & 0x7f;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (typeof got === 'bigint') return 'Return a number: Number(length).';
  if (got === second && second > 127)
    return 'You used all of byte 2. Its top bit is MASK: the length is bytes[1] & 0x7f.';
  if (short === 126) {
    if (got === 126) return '126 is not the length. The length is in the next two bytes.';
    if (got === view.getUint16(2, true))
      return 'You read the two bytes in the wrong order. The first byte counts 256: network byte order.';
    return 'The length is in bytes 3 and 4, the more significant byte first.';
  }
  if (short === 127) {
    if (got === 127) return '127 is not the length. The length is in the next eight bytes.';
    if (got === view.getUint32(2)) return 'You read 4 bytes. The length after 127 has 8 bytes: 64 bits.';
    if (got === view.getUint16(2)) return 'You read 2 bytes. The length after 127 has 8 bytes: 64 bits.';
    if (got === view.getInt32(6) || got === view.getUint32(6)) {
      return 'JavaScript’s shifts and bitwise operators keep 32 bits, with a sign. Multiply by 256 instead of shifting by 8.';
    }
    if (got === Number(view.getBigUint64(2, true)))
      return 'You read the eight bytes in the wrong order. The first byte is the most significant one.';
    return 'The length is in bytes 3 to 10, the most significant byte first.';
  }
  return 'Up to 125, the lower seven bits of byte 2 are the length itself: bytes[1] & 0x7f.';
}

function fixOfHeaderLength(got: Plain, { headerLength, length, masked }: Expected, second: number): string {
  if (typeof got !== 'number') return 'Return the number of bytes before the payload.';
  if (got === (headerLength as number) + (length as number))
    return 'That is the whole frame. Count only the bytes before the payload.';
  if (masked === true && got === (headerLength as number) - 4)
    return 'The masking key belongs to the header: four more bytes if MASK is 1.';
  if (masked === false && got === (headerLength as number) + 4)
    return 'MASK is 0 in this frame, so there is no masking key.';
  const short = second & 0x7f;
  if (short > 125) return `The length takes ${short === 126 ? 2 : 8} more bytes in this form: count them too.`;
  return 'Two bytes come first, then 0, 2 or 8 bytes of length, then 4 bytes of key if MASK is 1.';
}
