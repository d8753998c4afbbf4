import { bytesOfHex } from '../../../bytes/hex.ts';
import { joinBytes } from '../../../bytes/join-bytes.ts';
import { dumpFrame } from '../../../inspector/frame/frame-dump.ts';
import { encodeFrame } from '../../../protocol/framing/frame.ts';
import { encodeText } from '../../../text/utf8.ts';
import { byteRange } from '../../base/frame-view/bit-range.ts';
import type { Plain } from '../host/plain.ts';
import type { RunningCode } from '../running-code.ts';
import { bytesOf } from './bytes-of.ts';
import { type ComparedBytes, comparePlain } from './compare-bytes.ts';
import { runTests, type StageTest } from './run-tests.ts';
import { describeKind, fixKind, showBytes } from './show-value.ts';
import type { Failure, StageVerdict } from './verdict.ts';

const ramp = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (7 * i + 1) % 256);

const TESTS = [
  { title: 'the text “Hello” of RFC 6455 §5.7', payload: encodeText('Hello'), key: '37fa213d' },
  { title: 'no payload at all', payload: new Uint8Array(0), key: '37fa213d' },
  { title: 'a payload shorter than the key', payload: Uint8Array.of(0x41, 0x42), key: '0a0b0c0d' },
  { title: 'a key with a zero in it', payload: ramp(13), key: '00ff0100' },
  { title: 'a key of four zeros', payload: ramp(9), key: '00000000' },
  { title: '1,000 bytes of every value', payload: ramp(1000), key: 'fedcba98' },
];

/** Judges `unmask(payload, key)`, byte by byte. RFC 6455 §5.3. */
export function judgeUnmask(code: RunningCode): Promise<StageVerdict> {
  return runTests(
    'unmask',
    TESTS.map(
      ({ title, payload, key: hex }): StageTest => ({
        title,
        run: async (watch) => {
          const key = bytesOfHex(hex);
          const masked = xor(payload, (i) => key[i % 4]);
          // The code gets copies: it may unmask in place.
          const args = [masked.slice(), key.slice()];
          const { values } = watch(await code.ask({ type: 'call', stage: 'unmask', args }));
          const failure = compare(payload, masked, key, values[0]);
          return (
            failure && {
              ...failure,
              title,
              call: `unmask(payload, key) with ${showBytes(masked)} and ${showBytes(key)}`,
            }
          );
        },
      }),
    ),
  );
}

function compare(
  payload: Uint8Array,
  masked: Uint8Array,
  key: Uint8Array,
  value: Plain,
): Omit<Failure, 'title' | 'call'> | undefined {
  const got = bytesOf(value);
  if (got === undefined) {
    const fix = typeof value === 'string' ? 'Return the bytes. Not every payload is text.' : fixKind(value);
    return {
      finding: `unmask() must return a Uint8Array, and it returned ${describeKind(value)}.`,
      fix,
      ...{ expected: showBytes(payload), got: describeKind(value) },
    };
  }
  const compared = comparePlain('the payload', payload, got);
  if (compared === undefined) return undefined;
  const mistake = MISTAKES.find(({ make }) => comparePlain('', make(masked, key), got) === undefined);
  return {
    finding: compared.sentence,
    fix: mistake?.fix ?? 'Byte i of the payload is XORed with byte i mod 4 of the key: payload[i] ^ key[i % 4].',
    ...{ expected: showBytes(payload), got: showBytes(got) },
    bytes: inFrame(compared, payload, key),
  };
}

/** Shows the byte in the frame that carries the payload. */
function inFrame(compared: ComparedBytes, payload: Uint8Array, key: Uint8Array): ComparedBytes {
  const frame = encodeFrame({ opcode: 2, payload, maskingKey: new DataView(key.slice().buffer).getUint32(0) });
  const start = frame.length - payload.length;
  const inside = compared.at < payload.length;
  return {
    ...compared,
    dump: dumpFrame(frame),
    heading: 'The frame that carries this payload',
    range: inside ? byteRange(start + compared.at) : undefined,
  };
}

const xor = (bytes: Uint8Array, keyOf: (i: number) => number | undefined): Uint8Array =>
  bytes.map((byte, i) => byte ^ (keyOf(i) ?? 0));

/** What people do instead, and how to repair it. */
const MISTAKES: readonly {
  readonly make: (masked: Uint8Array, key: Uint8Array) => Uint8Array;
  readonly fix: string;
}[] = [
  {
    make: (masked) => masked,
    fix: 'The mask is still on: these are the bytes that were passed in. XOR each of them with its byte of the key.',
  },
  {
    make: (masked, key) => xor(masked, () => key[0]),
    fix: 'You used only the first byte of the key. The four bytes take turns: key[i % 4].',
  },
  {
    make: (masked, key) => xor(masked, (i) => key[i]),
    fix: 'Only the first four bytes are unmasked. After the fourth, the key begins again: key[i % 4].',
  },
  {
    make: (masked, key) => xor(masked, (i) => key[3 - (i % 4)]),
    fix: 'You used the bytes of the key from the last to the first. Begin with key[0].',
  },
  {
    make: (masked, key) => xor(masked, (i) => key[(i + 1) % 4]),
    fix: 'You began with key[1]. Byte 0 of the payload belongs to key[0].',
  },
  { make: (masked, key) => xor(masked, (i) => key[i % 3]), fix: 'The key has four bytes: i % 4, not i % 3.' },
  {
    make: (masked, key) => masked.map((byte, i) => byte & (key[i % 4] ?? 0)),
    fix: 'That is AND (&). Unmasking is XOR: ^.',
  },
  {
    make: (masked, key) => masked.map((byte, i) => byte | (key[i % 4] ?? 0)),
    fix: 'That is OR (|). Unmasking is XOR: ^.',
  },
  {
    make: (masked, key) => masked.map((byte, i) => byte - (key[i % 4] ?? 0)),
    fix: 'That is a subtraction. Unmasking is XOR: ^.',
  },
  {
    make: (masked, key) => joinBytes([key, xor(masked, (i) => key[i % 4])]),
    fix: 'The result begins with the key. Return only the payload.',
  },
];
