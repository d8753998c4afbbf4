import { linesOf, pastedRun, type ReadForm } from './pasted.ts';

const ROW = /^([0-9a-f]{6,8}):?((?:\s+\S+)*)$/i;
/** The characters below a row, with which `od -t x1c` and `hexdump -C -c` explain it. */
const BELOW = /^ {7,}\S/;
const MAX_REPEATED_BYTES = 16 * 1024 * 1024;

/**
 * Rows of od that other readers do not take: decimal bytes (`-t u1`, `-t d1`), decimal offsets (`-A d`, `xxd -d`), and rows with
 * their characters below (`-t x1c`).
 */
export const readOdRows: ReadForm = (text) => {
  const lines = linesOf(text);
  const isBelow = (line: string) => BELOW.test(line) && !ROW.test(line);
  const rows = lines.filter(({ text: line }) => !isBelow(line)).map(({ text: line }) => line);
  if (lines.length - rows.length > rows.length || rows.length === 0) return undefined;
  const read: { offset: string; values: readonly string[] }[] = [];
  for (const row of rows) {
    const [, offset, groups = ''] = ROW.exec(row) ?? [];
    if (offset === undefined && row.trim() !== '*') return undefined;
    const values =
      groups.replace(/ {2,}(?=\S*$| \S).*$/, (rest) => (XXD_ROW.test(row) ? '' : rest)).match(/\S+/g) ?? [];
    read.push({
      offset: offset ?? '*',
      values: XXD_ROW.test(row) ? values.flatMap((group) => group.match(/../g) ?? []) : values,
    });
  }
  const values = read.flatMap((row) => row.values);
  const isHex = values.every((value) => /^[0-9a-f]{2}$/i.test(value));
  const isDecimal = values.every((value) => /^-?\d{1,3}$/.test(value) && Number(value) <= 255 && Number(value) >= -128);
  // Two digits are hex; a third digit or a sign in one of them makes them decimal.
  if (values.length === 0 || !(isHex || (isDecimal && values.some((value) => /^-|^\d{3}$/.test(value)))))
    return undefined;
  const base = [8, 16, 10].find((each) => hasOffsets(read, each));
  if (base === undefined || read.length < 2) return undefined;
  const bytes = bytesOf(read, base, (value) => (isHex ? Number.parseInt(value, 16) : Number(value) & 0xff));
  const offsets = { 8: 'octal', 16: 'hex', 10: 'decimal' }[base as 8 | 16 | 10];
  return pastedRun(`rows of ${isHex ? 'hex' : 'decimal'} bytes, with ${offsets} offsets`, Uint8Array.from(bytes));
};

const XXD_ROW = /^[0-9a-f]{8}: /i;

type Row = { readonly offset: string; readonly values: readonly string[] };

/** Whether each offset is where the rows before it end. */
function hasOffsets(rows: readonly Row[], base: number): boolean {
  let end = 0;
  let last = 0;
  let isRepeated = false;
  for (const { offset, values } of rows) {
    if (offset === '*') {
      if (last === 0) return false;
      isRepeated = true;
      continue;
    }
    if (base < 16 && !(base === 8 ? /^[0-7]+$/ : /^\d+$/).test(offset)) return false;
    const at = Number.parseInt(offset, base);
    if (isRepeated ? at < end || (at - end) % last !== 0 || at > MAX_REPEATED_BYTES : at !== end) return false;
    isRepeated = false;
    end = at + values.length;
    last = values.length || last;
  }
  return true;
}

function bytesOf(rows: readonly Row[], base: number, byteOf: (value: string) => number): number[] {
  const bytes: number[] = [];
  let last: number[] = [];
  for (const { offset, values } of rows) {
    if (offset === '*') continue;
    while (last.length > 0 && bytes.length < Number.parseInt(offset, base)) bytes.push(...last);
    last = values.map(byteOf);
    bytes.push(...last);
  }
  return bytes;
}
