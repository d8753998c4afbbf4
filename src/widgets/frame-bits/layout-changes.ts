import { fieldAt } from '../base/frame-view/open-frame.ts';
import { type BitStream, frameAt } from './bit-stream.ts';

/** Bytes that mean something else than before the flip; half-open. */
export interface LayoutChange {
  readonly start: number;
  readonly end: number;
  /** `Bytes 3 to 6 were the masking-key. Now they are read as payload data.` */
  readonly sentence: string;
}

/**
 * Compares how bytes are read before and after a flip. RFC 6455 §5.2: MASK and the length decide where all else lies.
 *
 * @param before the same number of bytes as `now`
 */
export function layoutChanges(before: BitStream, now: BitStream): LayoutChange[] {
  const runs: { start: number; end: number; was: string; is: string }[] = [];
  for (let byte = 0; byte < now.bytes.length; byte++) {
    const [was, is] = [partAt(before, byte), partAt(now, byte)];
    const last = runs.at(-1);
    if (last !== undefined && last.end === byte && last.was === was && last.is === is) last.end++;
    else if (was !== is) runs.push({ start: byte, end: byte + 1, was, is });
  }
  return runs.map(({ start, end, was, is }) => {
    const one = end - start === 1;
    const bytes = one ? `Byte ${start + 1}` : `Bytes ${start + 1} to ${end}`;
    const sentence = `${bytes} ${one ? 'was' : 'were'} ${was}. Now ${one ? 'it is' : 'they are'} read as ${is}.`;
    return { start, end, sentence };
  });
}

/** The part that a byte belongs to, in words. A later frame counts as one part. */
function partAt(stream: BitStream, byte: number): string {
  if (frameAt(stream, byte).index > 0) return 'the beginning of the next frame';
  const { name } = fieldAt(stream.open.dump.fields, 8 * byte + 7);
  if (name === 'payload data') return name;
  return byte < 2 ? 'the first two bytes' : `the ${name}`;
}
