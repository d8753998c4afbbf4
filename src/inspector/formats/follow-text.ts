import { decodeLatin1 } from '../../text/latin1.ts';
import { parseHex } from '../hex/parse-hex.ts';
import { bytesOfBase64 } from './base64-bytes.ts';
import { linesOf, type PastedPart, type PasteResult, type ReadForm, refused } from './pasted.ts';

/** Wireshark and tshark write these words in place of bytes that they missed. A zero byte may follow. */
const GAP = /\[(\d+) bytes missing in capture file\]\0?/g;

/**
 * Takes the words of a gap out of a part of a followed stream.
 *
 * @param isFirst whether the part is its side's first: tshark writes a gap only between the bytes that it has
 */
export function partsWithGaps(part: PastedPart): { readonly parts: PastedPart[]; readonly missing: number } {
  const { bytes, ...rest } = part;
  const text = decodeLatin1(bytes);
  const parts: PastedPart[] = [];
  let at = 0;
  let missingBefore = 0;
  let missing = 0;
  const push = (end: number) => {
    if (end > at || missingBefore > 0)
      parts.push({ ...rest, bytes: bytes.slice(at, end), ...(missingBefore > 0 && { missingBefore }) });
  };
  for (const found of text.matchAll(GAP)) {
    push(found.index);
    missingBefore = Number(found[1]);
    missing += missingBefore;
    at = found.index + found[0].length;
  }
  push(bytes.length);
  return { parts, missing };
}

/** The remark on gaps of a followed stream. */
export function noteOfGaps(missing: number): readonly string[] {
  return missing === 0
    ? []
    : [`Wireshark missed ${missing} bytes, and wrote words in their place. Frames that need them are not shown.`];
}

const TITLE = /^\s*=+\s*\nFollow: (\w+),(\w+)\s*\n/;
const FRAME_OF_TITLE = /^=+$|^(?:Follow|Filter|Node [01]):/;

/** tshark's `-z follow,…,raw`: hex without spaces, one segment a line, those of node 1 after a tab. */
export const readFollowRaw: ReadForm = (text) => {
  const [, , how] = TITLE.exec(text.replaceAll('\r\n', '\n')) ?? [];
  if (how !== 'raw') return undefined;
  const parts: PastedPart[] = [];
  let lost = 0;
  for (const { text: line, start } of linesOf(text)) {
    if (FRAME_OF_TITLE.test(line)) continue;
    const side = line.startsWith('\t') ? 1 : 0;
    const read = parseHex(line.trim());
    if ('problem' in read) {
      const by = start + side;
      return { problem: { ...read.problem, start: read.problem.start + by, end: read.problem.end + by } };
    }
    const { parts: found, missing } = partsWithGaps({ bytes: read.bytes, side });
    parts.push(...found);
    lost += missing;
  }
  return parts.length === 0 ? undefined : { form: 'a followed stream of tshark, raw', parts, notes: noteOfGaps(lost) };
};

/** Follows that lost bytes, or whose bytes are not those of the wire. */
export const refuseFollow: ReadForm = (text): PasteResult | undefined => {
  const [whole = '', protocol, how] = TITLE.exec(text.replaceAll('\r\n', '\n')) ?? [];
  if (protocol === 'http2')
    return refused(
      'This is "Follow HTTP/2 stream": the heads of HTTP/2 stand between the bytes, and tshark made up the HTTP heads. Open the capture itself with: framelight open FILE',
      0,
      whole.length,
    );
  if (how === 'ascii' || how === 'ebcdic' || how === 'utf-8')
    return refused(
      `This is a followed stream as ${how}, where dots stand for bytes. Show it as hex or raw instead: tshark -z follow,tcp,raw,0`,
      0,
      whole.length,
    );
  return undefined;
};

/** tshark's `-z follow,…,yaml`, and Wireshark's "Show data as YAML": base64 with times. */
export const readFollowYaml: ReadForm = (text) => {
  if (!/^\s*(?:#.*\n)*peers:\s*\n/.test(text)) return undefined;
  const parts: PastedPart[] = [];
  let lost = 0;
  let side: 0 | 1 = 0;
  let timeMs: number | undefined;
  let base64: string | undefined;
  let start = 0;
  let problem: PasteResult | undefined;
  const end = () => {
    if (base64 === undefined) return;
    const bytes = bytesOfBase64(base64);
    if (bytes === undefined) problem ??= refused('This data is not base64.', start, start + 20);
    else {
      const { parts: found, missing } = partsWithGaps({ bytes, side, ...(timeMs !== undefined && { timeMs }) });
      parts.push(...found);
      lost += missing;
    }
    base64 = undefined;
    timeMs = undefined;
  };
  for (const line of linesOf(text)) {
    const [, name, value = ''] = /^\s*(?:-\s+)?(\w+):\s*(.*)$/.exec(line.text) ?? [];
    if (name === undefined) {
      if (base64 !== undefined) base64 += line.text;
      continue;
    }
    if (name === 'packet' || name === 'packets') end();
    else if (name === 'peer') side = value.trim() === '1' ? 1 : 0;
    else if (name === 'timestamp') timeMs = Number(value) * 1000;
    else if (name === 'data') {
      base64 = value.replace(/^!!binary\s*\|?-?\s*/, '');
      start = line.start;
    }
  }
  end();
  if (problem !== undefined) return problem;
  return parts.length === 0
    ? undefined
    : { form: 'a followed stream of tshark, as YAML', parts, notes: noteOfGaps(lost) };
};
