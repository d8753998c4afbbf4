import { countNoun } from '../../text/count.ts';

/** With fewer keys, chance alone could make them look alike. */
const MIN_KEYS = 16;
const BYTES = [24, 16, 8, 0];

/**
 * Checks the masking keys of the frames on one connection, in order: each is fresh and unpredictable. RFC 6455 §5.3.
 *
 * Chance makes a strong source fail about once in four million runs.
 *
 * @param earlier the first keys of other connections: a source that is not seeded starts alike each time
 * @returns what is wrong, as a sentence
 */
export function checkMaskingKeys(keys: readonly number[], earlier: ReadonlySet<number>): string | undefined {
  const zeros = keys.filter((key) => key === 0).length;
  if (zeros > 0)
    return `${countNoun(zeros, 'masking key')} of ${keys.length} ${zeros === 1 ? 'is' : 'are'} 0: such a mask changes nothing.`;
  const distinct = new Set(keys).size;
  if (distinct < keys.length) return `Only ${distinct} of ${keys.length} masking keys are different.`;
  const again = keys.filter((key) => earlier.has(key)).length;
  if (again > 1) return `${again} masking keys are the first keys of other connections.`;
  if (keys.length < MIN_KEYS) return undefined;
  const step = difference(keys, 1);
  if (keys.every((_, nth) => nth === 0 || difference(keys, nth) === step)) {
    return `Each masking key is the one before plus ${step}: the next one can be predicted.`;
  }
  const constant = BYTES.findIndex((shift) => new Set(keys.map((key) => (key >>> shift) & 0xff)).size === 1);
  if (constant >= 0) return `Byte ${constant + 1} of every masking key is the same.`;
  return undefined;
}

function difference(keys: readonly number[], nth: number): number {
  return ((keys[nth] as number) - (keys[nth - 1] as number)) >>> 0;
}
