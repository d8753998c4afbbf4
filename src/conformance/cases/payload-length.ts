import { formatHex } from '../../bytes/hex.ts';
import { countBytes } from '../../text/count.ts';
import type { ConformanceCase } from '../case.ts';
import { binary, text } from '../frames.ts';
import { hex, repeated } from '../payload.ts';
import { cutWords, echoCase } from './forms.ts';

const LENGTHS = [0, 1, 2, 124, 125, 126, 127, 128, 129, 65534, 65535, 65536, 65537];
/** In the order of the Autobahn suite's cases 1.1.1 to 1.1.7. */
const AUTOBAHN_LENGTHS = [0, 125, 126, 127, 128, 65535, 65536];

const KINDS = [
  { name: 'text', make: text, pattern: '2a', group: '1.1' },
  { name: 'binary', make: binary, pattern: 'fe', group: '1.2' },
] as const;

const BOUNDARY =
  'A length of up to 125 is in the 7-bit form, of up to 65,535 in the 16-bit form, and a longer one in the 64-bit form.';
const STREAM = 'TCP is a stream. A frame means the same wherever its bytes are cut.';

/** Both sides of every boundary between the three forms. RFC 6455 §5.2. */
const BOUNDARIES = KINDS.flatMap(({ name, make, pattern, group }) =>
  LENGTHS.map((byteLength) => {
    const nth = AUTOBAHN_LENGTHS.indexOf(byteLength);
    return echoCase(
      {
        id: `5.2-length-${name}-${byteLength}`,
        title: `A ${name} message of ${countBytes(byteLength)}`,
        section: '5.2',
        requirement: BOUNDARY,
        autobahn: nth < 0 ? undefined : `${group}.${nth + 1}`,
      },
      { items: [make(repeated(pattern, byteLength))] },
      { declinedWith: byteLength > 65000 ? [1009] : [] },
    );
  }),
);

/** Every form of a header, cut into writes of each size, so that a piece can end anywhere in it. RFC 6455 §5. */
const CUTS = [
  ...[0, 5, 125, 126, 300].flatMap((byteLength) => [1, 2, 3, 5, 7].map((cut) => ({ byteLength, cut }))),
  ...[1, 2, 3, 5, 7, 13].map((cut) => ({ byteLength: 700, cut })),
  ...[3, 9, 13, 997].map((cut) => ({ byteLength: 65536, cut })),
].flatMap(({ byteLength, cut }) =>
  KINDS.filter(({ name }) => name === 'binary' || cut === 997).map(({ name, make, pattern, group }) =>
    echoCase(
      {
        id: `5.2-cut-${cut}-${name}-${byteLength}`,
        title: `A ${name} message of ${countBytes(byteLength)}, ${cutWords(cut)}`,
        section: '5.2',
        requirement: STREAM,
        autobahn: cut === 997 ? `${group}.8` : undefined,
        heavy: byteLength / cut > 1000,
      },
      { items: [make(repeated(pattern, byteLength))], cut },
    ),
  ),
);

/** Several frames in one write, because one read can deliver several. RFC 6455 §5. */
const SEVERAL_IN_ONE = [2, 3, 100].map((count) =>
  echoCase(
    {
      id: `5.2-${count}-frames-in-one-write`,
      title: `${count} messages in one write`,
      section: '5.2',
      requirement: 'TCP is a stream. One read may deliver several frames.',
    },
    { items: Array.from({ length: count }, (_, i) => text(`message ${i + 1}`)) },
  ),
);

/** Keys that leave the payload unchanged, flip every bit, or differ in each byte. RFC 6455 §5.3. */
const MASKS = [0x00000000, 0xffffffff, 0x01020304, 0x000000ff, 0xff000000, 0x80808080].flatMap((maskingKey) =>
  [0, 1, 2, 3, 4, 5, 7, 8, 33, 126].map((byteLength) => {
    const key = maskingKey.toString(16).padStart(8, '0');
    return echoCase(
      {
        id: `5.3-mask-${key}-${byteLength}`,
        title: `${countBytes(byteLength)} with the masking key ${key}`,
        section: '5.3',
        requirement: 'Byte i of the payload is byte i on the wire, XOR byte i mod 4 of the masking key.',
      },
      { items: [binary(repeated('00010203040506078090a0b0c0d0e0f0ff', byteLength), { maskingKey })] },
    );
  }),
);

/** Payloads of many lengths and with many masking keys. RFC 6455 §5.2, §5.3. */
export const PAYLOAD_LENGTH: readonly ConformanceCase[] = [
  ...BOUNDARIES,
  ...CUTS,
  ...SEVERAL_IN_ONE,
  ...MASKS,
  echoCase(
    {
      id: '5.6-binary-any-byte',
      title: 'A binary message with every value of a byte',
      section: '5.6',
      requirement: 'A binary message carries any bytes.',
    },
    { items: [binary(hex(formatHex(Uint8Array.from({ length: 256 }, (_, i) => i))))] },
  ),
];
