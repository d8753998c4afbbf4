import { hexProblem } from '../hex/hex-problem.ts';
import { bytesOfPairs, linesOf, pastedRun, type ReadForm } from './pasted.ts';

const OD_ROW = /^([0-7]{7})((?: [0-9a-f]{2})*)(?:\s+>.*<)?$/i;

/** `od -t x1`: two hex digits for a byte, and offsets in octal. */
export const readOctalOffsets: ReadForm = (text) => {
  const lines = linesOf(text);
  const bytes: number[] = [];
  let lastRow: number[] = [];
  let isRepeated = false;
  for (const [i, { text: line, start }] of lines.entries()) {
    if (line.trim() === '*') {
      isRepeated = true;
      continue;
    }
    const [, offsetDigits, pairs = ''] = OD_ROW.exec(line) ?? [];
    if (offsetDigits === undefined || (i === 0 && pairs === '')) return undefined;
    const offset = Number.parseInt(offsetDigits, 8);
    while (
      isRepeated &&
      lastRow.length > 0 &&
      bytes.length + lastRow.length <= offset &&
      bytes.length < MAX_REPEATED_BYTES
    ) {
      bytes.push(...lastRow);
    }
    isRepeated = false;
    if (i > 0 && offset !== bytes.length) {
      // Offsets in hex have seven digits too: another reader takes those.
      if (Number.parseInt(offsetDigits, 16) === bytes.length) return undefined;
      // And so have decimal ones.
      if (Number.parseInt(offsetDigits, 10) === bytes.length) return undefined;
      const says = `This row starts at offset ${offsetDigits} (octal), but the rows before it end at ${bytes.length.toString(8)}`;
      return hexProblem(`${says}. A row is missing or incomplete.`, start, start + offsetDigits.length);
    }
    if (i === 0 && offset !== 0) return undefined;
    lastRow = bytesOfPairs(pairs);
    bytes.push(...lastRow);
  }
  // One row reads the same with octal offsets and with hex ones.
  return lines.length > 1 ? pastedRun('rows of od -t x1, with octal offsets', Uint8Array.from(bytes)) : undefined;
};

const MAX_REPEATED_BYTES = 16 * 1024 * 1024;

const JDK_ROW = /^\s*([0-9A-F]{4}): ((?:[0-9A-F]{2} ){7}[0-9A-F]{2}) {3}(?=[0-9A-F]{2}(?: |$))/i;
/** In characters: eight bytes, two more spaces, eight bytes. */
const JDK_WIDTH = 50;

/** `javax.net.debug` of a JVM: a colon after the offset, and three spaces between the eighth byte and the ninth. */
export const readJdkDump: ReadForm = (text) => {
  const lines = linesOf(text);
  if (!lines.some(({ text: line }) => JDK_ROW.test(line))) return undefined;
  const bytes: number[] = [];
  for (const { text: line, start } of lines) {
    const [head, offsetDigits] = /^\s*([0-9A-F]{4}): /i.exec(line) ?? [];
    if (head === undefined || offsetDigits === undefined) return undefined;
    const offset = Number.parseInt(offsetDigits, 16);
    if (bytes.length > 0 && offset !== bytes.length) {
      const says = `This row starts at offset ${offsetDigits} (hex), but the rows before it end at ${bytes.length.toString(16)}`;
      return hexProblem(`${says}. A row is missing or incomplete.`, start, start + head.length);
    }
    bytes.push(...bytesOfPairs(line.slice(head.length, head.length + JDK_WIDTH)));
  }
  return pastedRun('rows of javax.net.debug', Uint8Array.from(bytes));
};

/** One row cut out of a dump, with an offset that is not 0: `0030   81 85 37`. Two or more spaces show where the offset ends. */
export const readLastRow: ReadForm = (text) => {
  const lines = linesOf(text);
  const [, digits = '', bytes = ''] =
    /^\s*(?:0x)?([0-9a-f]{3,7}0):? {2,}((?:[0-9a-f]{2} {1,2}){0,15}[0-9a-f]{2})(?: {2,}.*)?$/i.exec(
      lines[0]?.text ?? '',
    ) ?? [];
  if (lines.length !== 1 || bytes === '' || Number.parseInt(digits, 16) === 0) return undefined;
  const note = `This row begins at offset ${digits}. The bytes before it are missing.`;
  return pastedRun('one row of a hex dump', Uint8Array.from(bytesOfPairs(bytes)), [note]);
};
