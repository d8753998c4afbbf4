import { bytesOfPairs, type Line, linesOf, type PasteResult, pastedRun, type ReadForm, refused } from './pasted.ts';

const WHAT_TO_PASTE = 'Paste the output of "hexdump -C", "xxd" or "od -A x -t x1" instead.';

/**
 * Dumps that do not write each byte as two hex digits: bits, octal, and words of several bytes, whose order depends on the machine.
 * If the bytes are certain, they are read. Otherwise the dump is refused, and the message names the tool.
 */
export const readOddDump: ReadForm = (text) => {
  const lines = linesOf(text);
  const rows = lines.map(({ text: line }) => /^([0-9a-f]{6,8})(:?)(?:(\s+)(\S.*))?$/i.exec(line));
  if (rows.some((row, i) => row === null && lines[i]?.text.trim() !== '*')) return undefined;
  const [, offset = '', colon, gap = '', body = ''] = rows[0] ?? [];
  if (body === '') return undefined;
  const refusal = (name: string) => refused(`${name} ${WHAT_TO_PASTE}`, lines[0]?.start ?? 0, text.length);
  if (colon === ':') {
    // xxd -b: the groups are bits.
    if (offset.length === 8 && /^(?:[01]{8} ){1,5}[01]{8}(?:\s|$)|^[01]{8}(?:\s{2}|$)/.test(body)) {
      return readGroups(lines, /^[0-9a-f]{8}: ((?:[01]{8} ?)+)/i, /[01]{8}/g, 2, 'bits of xxd -b');
    }
    return readLittleEndian(lines);
  }
  const [group = ''] = body.split(/\s/);
  if (offset.length === 7 && /^[0-3][0-7]{2}(?: +[0-3][0-7]{2})*$/.test(body) && isOctal(lines)) {
    return readGroups(
      lines,
      /^[0-7]{7}((?: +[0-3][0-7]{2})+)/,
      /[0-3][0-7]{2}/g,
      8,
      'octal bytes of hexdump -b or od -b',
    );
  }
  if (/^[01][0-7]{5}$/.test(group) && (offset.length === 7 || offset.length === 6)) {
    const name = gap.length > 1 ? '"hexdump -o"' : '"od" without options';
    return refusal(`This looks like the output of ${name}. Each octal number is two bytes, which most machines swap.`);
  }
  if (/^[0-9a-f]{4}$/i.test(group) && (offset.length === 7 || (offset.length === 6 && isWordRow(body)))) {
    const name =
      offset.length === 6
        ? '"od -A x -t x2"'
        : gap.length > 1 && !isOctal(lines)
          ? '"hexdump -x"'
          : '"hexdump" without -C, or of "od -x"';
    return refusal(`This looks like the output of ${name}. Each number is two bytes, which most machines swap.`);
  }
  if (
    offset.length === 7 &&
    /^(?:\\[0abfnrtv]|[0-3][0-7]{2}|[!-~])(?:\s|$)/.test(body) &&
    / {3}\S(?: {3}|$)/.test(` ${body}`)
  ) {
    return refusal('This looks like the output of "od -c" or "hexdump -c", which print characters.');
  }
  return undefined;
};

function isWordRow(body: string): boolean {
  return body.split(/\s+/).every((group) => /^[0-9a-f]{4}$/i.test(group));
}

/** Offsets of od are octal unless -A says otherwise. */
function isOctal(lines: readonly Line[]): boolean {
  return lines.every(({ text }) => text.trim() === '*' || /^[0-7]{7}(?:\s|$)/.test(text));
}

function readGroups(lines: readonly Line[], row: RegExp, group: RegExp, base: number, form: string): PasteResult {
  const bytes: number[] = [];
  for (const { text, start } of lines) {
    const [, groups] = row.exec(text) ?? [];
    if (groups !== undefined) for (const digits of groups.match(group) ?? []) bytes.push(Number.parseInt(digits, base));
    else if (text.trim() === '*')
      return refused(
        'The row "*" stands for rows that were left out. Make the dump with -v.',
        start,
        start + text.length,
      );
  }
  return pastedRun(form, Uint8Array.from(bytes));
}

const XXD_OFFSET = /^[0-9a-f]{8}: /i;
/** Where the characters begin, behind the offset: with words of two, four and eight bytes. */
const CHARACTER_COLUMNS = [41, 37, 35];

/** The words of a row of xxd and its characters; undefined if their numbers do not fit. */
function partsOfRow(line: string): { readonly words: string; readonly characters: string } | undefined {
  const [offset = ''] = XXD_OFFSET.exec(line) ?? [];
  if (offset === '') return undefined;
  const row = line.slice(offset.length);
  for (const column of CHARACTER_COLUMNS) {
    const [words, characters] = [row.slice(0, column), row.slice(column)];
    if (!/^[0-9a-f ]* {2}$/i.test(words)) continue;
    if (words.replaceAll(' ', '').length === 2 * characters.length && characters !== '') return { words, characters };
  }
  return undefined;
}

/** xxd -e writes words, the last byte first. The column of characters distinguishes it from xxd -g2, -g4 and -g8. */
function readLittleEndian(lines: readonly Line[]): PasteResult | undefined {
  const bytes: number[] = [];
  let differs = false;
  for (const { text } of lines) {
    const { words = '', characters = '' } = partsOfRow(text) ?? {};
    const groups = words.split(' ').filter(Boolean).map(bytesOfPairs);
    const asWritten = groups.flat();
    if (asWritten.length === 0 || asWritten.length !== characters.length) return undefined;
    const turned = groups.flatMap((group) => group.toReversed());
    if (!fits(turned, characters)) return undefined;
    differs ||= !fits(asWritten, characters);
    bytes.push(...turned);
  }
  return differs ? pastedRun('words of xxd -e, put back in order', Uint8Array.from(bytes)) : undefined;
}

function fits(bytes: readonly number[], characters: string): boolean {
  return bytes.every(
    (byte, i) => characters.charCodeAt(i) === byte || (characters.charAt(i) === '.' && (byte < 0x20 || byte > 0x7e)),
  );
}

/** Rows without offsets, as `od -A n` writes them, with a `*` for rows that were left out: nothing says how many. */
export const refuseLostRows: ReadForm = (text) => {
  const lines = linesOf(text);
  const star = lines.find(({ text: line }) => line.trim() === '*');
  if (star === undefined || !lines.every(({ text: line }) => /^\s*(?:\*|(?:[0-9a-f]{2} ?)+)$/i.test(line)))
    return undefined;
  const sentence =
    'The row "*" stands for rows that were left out, and without offsets nothing says how many. Make the dump with -v.';
  return refused(sentence, star.start, star.start + star.text.length);
};
