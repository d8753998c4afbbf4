/**
 * Writes a number with its noun: `1 message`, `1,024 messages`.
 *
 * @param noun in the singular; its plural ends in s
 */
export function countNoun(count: number | bigint, noun: string): string {
  return `${formatNumber(count)} ${noun}${Number(count) === 1 ? '' : 's'}`;
}

/** Writes a number of bytes: `1 byte`, `65,536 bytes`. A number too large to be exact begins with `about`. */
export function countBytes(count: number | bigint): string {
  const about = typeof count === 'number' && count > Number.MAX_SAFE_INTEGER ? 'about ' : '';
  return about + countNoun(count, 'byte');
}

/**
 * Writes a whole number with commas: `65,536`. Not `toLocaleString`: its first call loads a locale, which takes some
 * 30 ms while a page starts, and the pages write the same text everywhere.
 */
export function formatNumber(count: number | bigint): string {
  return String(BigInt(count)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
