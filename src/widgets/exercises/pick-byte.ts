import { formatHexByte } from '../../bytes/hex.ts';
import type { Question } from './exercise.ts';

/** The texts of a question about one byte, and where that byte is. */
export interface ByteQuestion {
  readonly task: string;
  readonly hint: string;
  /** How the answer is found. */
  readonly steps: readonly string[];
  /** A right answer: an index into the bytes. */
  readonly answer: number;
}

/** A question that shows some bytes and asks for one of them. */
export function pickByteQuestion(bytes: Uint8Array, { task, hint, steps, answer }: ByteQuestion): Question {
  const cells = Array.from(bytes, (byte) => ({ text: formatHexByte(byte) }));
  return {
    task,
    given: [],
    form: { kind: 'cells', legend: 'Bytes', unit: 'byte', cells, picks: 1 },
    hint,
    solution: { steps, answer: [String(answer)] },
  };
}
