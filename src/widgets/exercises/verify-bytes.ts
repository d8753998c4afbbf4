import { formatHexByte } from '../../bytes/hex.ts';
import type { Field } from '../../inspector/frame/field.ts';
import { dumpFrame } from '../../inspector/frame/frame-dump.ts';
import { compareBytes } from '../../inspector/hex/compare-bytes.ts';
import { parseHexDigits } from '../../inspector/hex/hex-digits.ts';
import type { Verdict } from './exercise.ts';

/** Judges bytes typed in hex, byte by byte. */
export function verifyBytes(typed: string, expected: Uint8Array): Verdict {
  const parsed = parseHexDigits(typed);
  if ('problem' in parsed) return { right: false, sentence: parsed.problem.sentence };
  const difference = compareBytes(parsed.bytes, expected);
  if (difference === undefined) return { right: true, sentence: `Right: all ${expected.length} bytes.` };
  const { start, end, sentence } = difference;
  return { right: false, sentence: `In your answer there ${sentence}.`, range: { start, end } };
}

/**
 * Judges a frame typed in hex: where a byte of the header is wrong, it names the field. RFC 6455 §5.2.
 *
 * @param expected the one frame that answers the question
 */
export function verifyFrame(typed: string, expected: Uint8Array): Verdict {
  const verdict = verifyBytes(typed, expected);
  if (verdict.right || verdict.range === undefined) return verdict;
  const parsed = parseHexDigits(typed);
  const bytes = 'bytes' in parsed ? parsed.bytes : new Uint8Array(0);
  const { start } = verdict.range;
  if (start >= bytes.length || start >= expected.length) return verdict;
  const wanted = fieldsOfByte(expected, start);
  const given = fieldsOfByte(bytes, start);
  const wrong = wanted.filter(({ name, value }) => given.find((field) => field.name === name)?.value !== value);
  const names = wrong.map(({ name, value, bits }) =>
    bits <= 8 ? `${name} must be ${value}` : `it belongs to ${name}`,
  );
  const sentence = `Byte ${start + 1} is ${formatHexByte(bytes[start] ?? 0)}, and that is wrong: ${names.join(', ')}.`;
  return { ...verdict, sentence };
}

function fieldsOfByte(frame: Uint8Array, index: number): Field[] {
  return dumpFrame(frame).fields.filter(({ bit, bits }) => bit < 8 * (index + 1) && bit + bits > 8 * index);
}

/** Judges an order: the first item that stands in the wrong place. */
export function verifyOrder(answer: readonly string[], expected: readonly number[], items: readonly string[]): Verdict {
  const place = expected.findIndex((item, index) => answer[index] !== String(item));
  if (place < 0) return { right: true, sentence: 'Right, in this order.' };
  const given = items[Number(answer[place])] ?? '';
  const sentence = `Number ${place + 1}, “${given}”, comes too early.`;
  return { right: false, sentence, range: { start: place, end: place + 1 } };
}
