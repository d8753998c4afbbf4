import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';
import type { ConformanceCase, Taken } from '../case.ts';
import { binary, close, continuation, ping, pong, type SentItem, text } from '../frames.ts';
import { repeated } from '../payload.ts';
import { echoOf, failureCase } from './forms.ts';

const KINDS = [
  { name: 'text', make: text },
  { name: 'binary', make: binary },
] as const;

/**
 * A length in a longer form than necessary. RFC 6455 §5.2 obliges the sender to use the shortest form. A strict
 * receiver fails the connection, but the RFC does not say that it must.
 */
const NOT_MINIMAL = [
  ...[0, 1, 125].map((byteLength) => ({ byteLength, lengthField: 126 })),
  ...[0, 1, 125, 126, 65535].map((byteLength) => ({ byteLength, lengthField: 127 })),
].flatMap(({ byteLength, lengthField }) => {
  const rule = byteLength < 126 ? 'length-not-minimal-7' : 'length-not-minimal-16';
  return KINDS.map(({ name, make }) =>
    failureCase(
      {
        id: `5.2-not-minimal-${lengthField}-${name}-${byteLength}`,
        title: `${countBytes(byteLength)} of ${name}, length in the ${lengthField === 126 ? 16 : 64}-bit form`,
        rule,
      },
      { items: [make(repeated('2a', byteLength), { lengthField })] },
      { ifTaken: { received: echoOf(make(repeated('2a', byteLength))) } },
    ),
  );
});

const NOT_MINIMAL_OTHERS = [126, 127].flatMap((lengthField) => [
  notMinimal(lengthField, [ping('Hello', { lengthField })], { received: echoOf(ping('Hello')) }),
  notMinimal(lengthField, [pong('Hello', { lengthField })], { received: [] }),
  notMinimal(lengthField, [close(1000, '', { lengthField })], { received: [], closeCode: 1000 }),
  notMinimal(lengthField, [text('Hel', { fin: false }), continuation('lo', { lengthField })], {
    received: echoOf(text('Hello')),
  }),
]);

/** A 64-bit length with its top bit set. RFC 6455 §5.2. */
const TOP_BIT = [
  ['8000000000000000', '2^63'],
  ['8000000000000005', '2^63 + 5'],
  ['ffffffffffffffff', '2^64 - 1'],
].flatMap(([length = '', name = '']) =>
  [OPCODE.text, OPCODE.binary].map((opcode) => {
    const kind = OPCODES[opcode]?.name ?? '';
    const digits = `8${opcode}ff${length}37fa213d`;
    return failureCase(
      {
        id: `5.2-top-bit-${kind}-${length}`,
        title: `A ${kind} frame that claims ${name} bytes`,
        rule: 'length-top-bit-set',
      },
      { items: [{ type: 'bytes', hex: digits, meaning: `a ${kind} header that claims ${name} bytes` }] },
      { allowedCodes: [1009] },
    );
  }),
);

/** Lengths in a form that they must not have. RFC 6455 §5.2. */
export const LENGTH_FORMS: readonly ConformanceCase[] = [...NOT_MINIMAL, ...NOT_MINIMAL_OTHERS, ...TOP_BIT];

function notMinimal(lengthField: number, items: readonly SentItem[], ifTaken: Taken): ConformanceCase {
  const last = items.at(-1);
  const name = last?.type === 'frame' ? (OPCODES[last.opcode]?.name ?? '') : '';
  return failureCase(
    {
      id: `5.2-not-minimal-${lengthField}-${name}`,
      title: `A ${name} frame, length in the ${lengthField === 126 ? 16 : 64}-bit form`,
      rule: 'length-not-minimal-7',
    },
    { items },
    { ifTaken },
  );
}
