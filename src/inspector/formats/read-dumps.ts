import { bytesOfPairs, type PastedPart, type ReadForm, refused } from './pasted.ts';
import { withSenders } from './unmarked.ts';

const NCAT_ROW = /^([0-9a-f]{4,8}) {3}((?:[0-9a-f]{2} {1,2}){0,15}[0-9a-f]{2})(?: {2,}.*)?$/i;
const NCAT_WIDTH = 48;

/** `ncat -x`: dumps of what either side sent, unmarked. The offsets begin anew with each read. */
export const readNcatDump: ReadForm = (text) => {
  const parts: number[][] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [, digits] = NCAT_ROW.exec(line) ?? [];
    if (digits === undefined) return undefined;
    const offset = Number.parseInt(digits, 16);
    const bytes = bytesOfPairs(line.slice(digits.length + 3, digits.length + 3 + NCAT_WIDTH).split(/ {3,}/)[0] ?? '');
    if (offset === 0) parts.push([]);
    if (parts.at(-1)?.length !== offset) return undefined;
    parts.at(-1)?.push(...bytes);
  }
  const opening = String.fromCharCode(...(parts[0] ?? []).slice(0, 5));
  // Packets have this form, too: only a dump that begins with a head is ncat's beyond doubt.
  if (parts.length < 2 || !/^(?:[A-Z]{3,7} |HTTP\/)/.test(opening)) return undefined;
  return {
    form: `${parts.length} hex dumps of what either side sent`,
    parts: withSenders(parts.map((bytes) => ({ bytes: Uint8Array.from(bytes) }))),
    notes: ['These dumps do not say which side sent what. The heads and the MASK bits do.'],
  };
};

const NGREP_HEAD =
  /^[TU](?:\(\d+\))? (?:(?:\d{4}\/\d\d\/\d\d )?(\d\d:\d\d:\d\d\.\d+|\+\d+\.\d+) )?(\S+:\d+) -> (\S+:\d+)(?: \[[A-Z]*\])?(?: #\d+)?$/;
const NGREP_ROW = /^ {2}((?:[0-9a-f]{2} {1,5}){1,16})/i;
/** In characters: two spaces, eight pairs, three more spaces, eight pairs. */
const NGREP_WIDTH = 2 + 24 + 3 + 24;

/** `ngrep -x`: a line for each packet with its two addresses, then rows without offsets. */
export const readNgrep: ReadForm = (text) => {
  const lines = text.split(/\r?\n/);
  if (!lines.slice(0, 20).some((line) => NGREP_HEAD.test(line))) return undefined;
  const packets: { from: string; to: string; bytes: number[] }[] = [];
  let start = 0;
  for (const line of lines) {
    const lineStart = start;
    start += line.length + 1;
    const [head, , from = '', to = ''] = NGREP_HEAD.exec(line) ?? [];
    if (head !== undefined) {
      packets.push({ from, to, bytes: [] });
      continue;
    }
    if (line.trim() === '' || /^(?:#+$|input:|interface:|filter:|match|exit|\d+ received)/.test(line)) continue;
    const [row] = NGREP_ROW.exec(line) ?? [];
    if (row === undefined)
      return refused('This row has no bytes in hex. Run ngrep with -x.', lineStart, lineStart + line.length);
    packets.at(-1)?.bytes.push(...bytesOfPairs(line.slice(0, NGREP_WIDTH)));
  }
  const firstOf = new Map<string, string>();
  const parts = packets.map(({ from, to, bytes }): PastedPart => {
    const connection = from < to ? `${from} ${to}` : `${to} ${from}`;
    const first = firstOf.get(connection) ?? from;
    firstOf.set(connection, first);
    return { bytes: Uint8Array.from(bytes), side: from === first ? 0 : 1, connection };
  });
  return { form: 'the packets that ngrep -x prints', parts, notes: [] };
};

const TCPFLOW_ROW = /^([0-9a-f]{4,8}): ((?:[0-9a-f]{4} ){0,15}[0-9a-f]{2,4})(?: .*)?$/i;
const TCPFLOW_NAME = /^(\S+\.\d{5})-(\S+\.\d{5}): ?$/;
const TCPFLOW_PAIRS_WIDTH = 80;
const TCPFLOW_ROW_BYTES = 32;

/** `tcpflow -D`: 32 bytes a row, with or without the line that names the flow. */
export const readTcpflow: ReadForm = (text) => {
  const lines = text.split(/\r?\n/);
  const parts: { name: string; bytes: number[] }[] = [];
  let name = '';
  let isWide = false;
  let start = 0;
  for (const line of lines) {
    const lineStart = start;
    start += line.length + 1;
    if (line.trim() === '') continue;
    const [, from] = TCPFLOW_NAME.exec(line) ?? [];
    if (from !== undefined) {
      name = from;
      isWide = true;
      continue;
    }
    const [, digits = '', groups] = TCPFLOW_ROW.exec(line) ?? [];
    if (groups === undefined) return undefined;
    const offset = Number.parseInt(digits, 16);
    if (offset === 0) parts.push({ name, bytes: [] });
    const part = parts.at(-1);
    if (part === undefined || part.bytes.length !== offset || offset % TCPFLOW_ROW_BYTES !== 0) return undefined;
    isWide ||= offset > 0;
    const columns = line.slice(digits.length + 2);
    const bytes = bytesOfTcpflow(columns);
    if (bytes === undefined)
      return isWide
        ? refused(
            'Nothing shows where the bytes of this row end and its characters begin.',
            lineStart,
            lineStart + line.length,
          )
        : undefined;
    part.bytes.push(...bytes);
  }
  // A single row with such an offset is xxd's as well, and reads the same.
  if (!isWide || parts.length === 0) return undefined;
  const [first] = parts;
  const isNamed = first !== undefined && first.name !== '';
  const read = parts.map(
    ({ name: from, bytes }): PastedPart =>
      isNamed
        ? { bytes: Uint8Array.from(bytes), side: from === first.name ? 0 : 1 }
        : { bytes: Uint8Array.from(bytes) },
  );
  return {
    form: 'the dumps of tcpflow -D',
    parts: isNamed ? read : withSenders(read),
    notes: isNamed ? [] : ['These dumps do not say which side sent what. The heads and the MASK bits do.'],
  };
};

/** The characters come right after the last space of the bytes, so their number must fit: one for each byte. */
function bytesOfTcpflow(columns: string): number[] | undefined {
  const [groups = ''] =
    /^(?:[0-9a-f]{4} ){0,16}(?:[0-9a-f]{2} )?/i.exec(`${columns.slice(0, TCPFLOW_PAIRS_WIDTH)} `) ?? [];
  const all = bytesOfPairs(groups);
  for (let count = all.length; count > 0; count--) {
    const width = Math.floor(count / 2) * 5 + (count % 2) * 3;
    const start = columns.length - count;
    if (start >= width && columns.slice(width, start).trim() === '' && fits(all, count, columns.slice(start)))
      return all.slice(0, count);
  }
  return undefined;
}

function fits(bytes: readonly number[], count: number, characters: string): boolean {
  if (characters.length !== count) return false;
  for (let i = 0; i < count; i++) {
    const byte = bytes[i] ?? 0;
    const code = characters.charCodeAt(i);
    if (code !== byte && !(code === 0x2e && (byte < 0x20 || byte > 0x7e))) return false;
  }
  return true;
}
