import { pastedRun, type ReadForm } from './pasted.ts';

const SEPARATORS = /[\s,;_|]+/;

/**
 * Bits in groups of eight or of four, with or without `0b`: `10000001 00000101`. Digits that are all 0 and 1 are bits if
 * there are two groups or sixteen digits. As hex they would be bytes such as 10 and 11, and hardly any frame has only those.
 */
export const readBits: ReadForm = (text) => {
  const groups = text.trim().split(SEPARATORS);
  const isMarked = groups.every((group) => /^(?:0b|%)[01]{1,8}$/i.test(group));
  if (isMarked) return run(groups.map((group) => group.replace(/^(?:0b|%)/i, '').padStart(8, '0')).join(''));
  // Each byte without its leading zeros, as toString(2) writes it. A digit of hex that is only 0 or 1 is never so long.
  const isUneven = groups.every((group) => /^[01]{1,8}$/.test(group)) && groups.some(({ length }) => length === 8);
  if (isUneven && groups.some(({ length }) => length % 2 === 1))
    return run(groups.map((group) => group.padStart(8, '0')).join(''));
  const digits = groups.join('');
  if (!/^[01]+$/.test(digits) || digits.length % 8 !== 0 || digits.length < 16) return undefined;
  const isEven =
    groups.length === 1 || groups.every(({ length }) => length === 8) || groups.every(({ length }) => length === 4);
  return isEven ? run(digits) : undefined;
};

function run(digits: string) {
  const bytes = Uint8Array.from({ length: digits.length / 8 }, (_, i) =>
    Number.parseInt(digits.slice(i * 8, i * 8 + 8), 2),
  );
  return pastedRun('bits', bytes);
}
