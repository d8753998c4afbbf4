import { hexProblem } from '../hex/hex-problem.ts';
import {
  bytesOfPairs,
  type Line,
  linesOf,
  type PastedPart,
  type PasteResult,
  pastedRun,
  type ReadForm,
} from './pasted.ts';

/** Puts rows together, and checks that none is missing. A row of only `*` repeats the row before it up to the next offset. */
class Rows {
  readonly bytes: number[] = [];
  #lastRow: readonly number[] = [];
  #isRepeated = false;
  #base: number | undefined;

  repeat(): void {
    this.#isRepeated = true;
  }

  /** @returns the problem, if rows are missing before this one */
  push(offset: number, row: readonly number[], { text, start }: Line): PasteResult | undefined {
    this.#base ??= offset;
    const expected = offset - this.#base;
    while (
      this.#isRepeated &&
      this.#lastRow.length > 0 &&
      this.bytes.length + this.#lastRow.length <= Math.min(expected, MAX_REPEATED_BYTES)
    )
      this.bytes.push(...this.#lastRow);
    this.#isRepeated = false;
    if (expected !== this.bytes.length) {
      const end = (this.#base + this.bytes.length).toString(16);
      const says = `This row starts at offset ${offset.toString(16)} (hex), but the rows before it end at ${end}`;
      return hexProblem(`${says}. A row is missing or incomplete.`, start, start + text.length);
    }
    this.#lastRow = row;
    this.bytes.push(...row);
    return undefined;
  }
}

const MAX_REPEATED_BYTES = 16 * 1024 * 1024;

const BORDER = /^\s*[┌└├+╭╰][─┬┴┼┐┘┤+╮╯-]+\s*$/;
const PAIRS = /^(?:[0-9a-f]{2}(?: |$))*$/i;
/** hexyl without borders: the offset, one or two spaces, and two panels. */
const BARE_HEXYL = /^ ([0-9a-f]{8}) {2}((?:[0-9a-f]{2} | {3}){8}) {2}((?:[0-9a-f]{2} | {3}){8})/i;

/** The table that hexyl draws: as many panels of characters as of bytes. */
export const readHexyl: ReadForm = (text): PasteResult | undefined => {
  const lines = linesOf(text);
  const isBare = BARE_HEXYL.test((lines[0]?.text ?? '').padEnd(HEXYL_WIDTH)) && /[^\x20-\x7e]/.test(text);
  // Netty draws a table of one panel with the same signs.
  const isTable =
    lines.some(({ text: line }) => /^│[0-9a-f]{8}│/i.test(line.trimStart())) || text.includes(`+${'-'.repeat(25)}+`);
  if (!isBare && !isTable) return undefined;
  const rows = new Rows();
  for (const line of lines) {
    if (BORDER.test(line.text)) continue;
    if (/^\s*[│|]?\*\s*(?:[│|].*)?$/.test(line.text)) {
      rows.repeat();
      continue;
    }
    const found = isBare ? bareRow(line.text) : panelRow(line.text);
    if (found === undefined) return undefined;
    const problem = rows.push(found.offset, found.row, line);
    if (problem !== undefined) return problem;
  }
  return rows.bytes.length === 0 ? undefined : pastedRun('a table of hexyl', Uint8Array.from(rows.bytes));
};

const HEXYL_WIDTH = 80;

function bareRow(line: string) {
  const [, offset, first, second] = BARE_HEXYL.exec(line.padEnd(HEXYL_WIDTH)) ?? [];
  return offset === undefined
    ? undefined
    : { offset: Number.parseInt(offset, 16), row: bytesOfPairs(`${first}${second}`) };
}

function panelRow(line: string) {
  // The character of a byte can be a bar, too: the panels of bytes come first.
  const [, offset, ...cells] = line.trim().split(/[│┊|]/);
  if (offset === undefined || !/^[0-9a-f]{8}$/i.test(offset.trim())) return undefined;
  const end = cells.findIndex((cell) => !(PAIRS.test(cell.trim()) && cell.length > 20));
  const panels = cells.slice(0, end < 0 ? cells.length : end);
  return { offset: Number.parseInt(offset, 16), row: bytesOfPairs(panels.join(' ')) };
}

/** What stands above the rows: the path, and the numbers of the columns. */
const HEAD =
  /^(?:(?:Path|Label): .*|Offset Bytes\s+Ascii|-{6,}[- ]*|(?:offset\s*(?:\(\w\))?|- offset -|address)?\s*(?:0?0 +0?1 +0?2 +0?3|0 1 {2}2 3)\b.*)$/i;
const ROW =
  /^\s*(?:0x)?([0-9a-f]{8}|[0-9a-f]{16})[: ] {0,3}((?:[0-9a-f]{2} {1,2}|[0-9a-f]{4} ){0,15}[0-9a-f]{2,4})(?:\s.*)?$/i;
const MAX_ROW_BYTES = 16;

function isHead(line: string): boolean {
  return HEAD.test(line.trimStart().slice(0, MAX_HEAD));
}

/** In characters. */
const MAX_HEAD = 300;

/** Rows below the numbers of their columns: PowerShell's Format-Hex, HxD, radare2. */
export const readHeadedRows: ReadForm = (text): PasteResult | undefined => {
  const lines = linesOf(text);
  let at = 0;
  while (at < lines.length && isHead(lines[at]?.text ?? '')) at++;
  if (at === 0 || at === lines.length) return undefined;
  const rows = new Rows();
  for (const line of lines.slice(at)) {
    // Format-Hex puts a head above each input.
    if (isHead(line.text)) continue;
    const [, offset, groups = ''] = ROW.exec(line.text) ?? [];
    if (offset === undefined) return undefined;
    const problem = rows.push(Number.parseInt(offset, 16), bytesOfPairs(groups).slice(0, MAX_ROW_BYTES), line);
    if (problem !== undefined) return problem;
  }
  return pastedRun('rows below the numbers of their columns', Uint8Array.from(rows.bytes));
};

const BIO_HEAD =
  /^(read from|write to) (?:0x)?[0-9a-f]+ \[(?:0x)?[0-9a-f]+\] \(\d+ bytes => (-?\d+) \(0x[0-9a-f]+\)\)$/i;
const BIO_ROW = /^\s*([0-9a-f]{4,8}) - ((?:[0-9a-f]{2}[ -]){0,15}[0-9a-f]{2})(?:[ -].*)?$/i;
/** What openssl itself says between the dumps. */
const BIO_OTHER = /^(?:CONNECTED\(|depth=|verify |---$|No client|SSL handshake|Verif|closed$|DONE$|read R BLOCK$)/;

/** Dumps of OpenSSL's BIO, as `openssl s_client -debug` prints them: a hyphen after the offset and after the eighth byte. */
export const readBioDump: ReadForm = (text): PasteResult | undefined => {
  const lines = linesOf(text);
  if (!lines.slice(0, MAX_SEARCHED_LINES).some(({ text: line }) => BIO_ROW.test(line))) return undefined;
  const parts: PastedPart[] = [];
  let rows = new Rows();
  let sender: PastedPart['sender'];
  let isDump = false;
  const end = () => {
    if (rows.bytes.length > 0) parts.push({ bytes: Uint8Array.from(rows.bytes), ...(sender && { sender }) });
    rows = new Rows();
  };
  for (const line of lines) {
    const [, way] = BIO_HEAD.exec(line.text) ?? [];
    if (way !== undefined) {
      end();
      sender = way.toLowerCase() === 'write to' ? 'client' : 'server';
      isDump = true;
      continue;
    }
    const [, offset, pairs] = BIO_ROW.exec(line.text) ?? [];
    if (offset === undefined) {
      // Below the last dump, s_client prints certificates and the state of the session.
      if (isDump || BIO_OTHER.test(line.text)) {
        end();
        continue;
      }
      return undefined;
    }
    if (Number.parseInt(offset, 16) === 0) end();
    const problem = rows.push(Number.parseInt(offset, 16), bytesOfPairs(pairs ?? ''), line);
    if (problem !== undefined) return problem;
  }
  end();
  return { form: "dumps of OpenSSL's BIO", parts, notes: [] };
};

const MAX_SEARCHED_LINES = 200;
