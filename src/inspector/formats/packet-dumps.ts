import { countBytes } from '../../text/count.ts';
import { parseHex } from '../hex/parse-hex.ts';
import { findTcpSegment, type TcpSegment } from './packet.ts';
import { linesOf, type Pasted, type PastedPart, type PasteResult, type ReadForm } from './pasted.ts';

const TCPDUMP_ROW = /^\s+0x([0-9a-f]{4}): {2}((?:[0-9a-f]{2,4} ){0,7}[0-9a-f]{2,4})(?: {2,}.*)?$/i;

/** `tcpdump -x`, `-xx`, `-X` or `-XX`, with the lines that tell of each packet or without. */
export const readTcpdump: ReadForm = (text): PasteResult | undefined => {
  const packets: number[][] = [];
  let rows = 0;
  for (const { text: line } of linesOf(text)) {
    const [, offset, groups = ''] = TCPDUMP_ROW.exec(line) ?? [];
    if (offset === undefined) {
      // Between two packets stands a line of words.
      if (!/^\S/.test(line)) return undefined;
      continue;
    }
    rows++;
    if (Number.parseInt(offset, 16) === 0 || packets.length === 0) packets.push([]);
    packets.at(-1)?.push(...(groups.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => Number.parseInt(pair, 16)));
  }
  if (rows === 0) return undefined;
  return packetsRead(
    'rows of tcpdump',
    packets.map((bytes) => Uint8Array.from(bytes)),
  );
};

/** Reads the packets of one connection: what they carry, in order, and which end sent it. */
function packetsRead(form: string, packets: readonly Uint8Array<ArrayBuffer>[]): Pasted | undefined {
  const segments = packets.map(findTcpSegment);
  if (segments.some((segment) => segment === undefined)) return undefined;
  return segmentsRead(
    form,
    segments.filter((segment) => segment !== undefined),
  );
}

function segmentsRead(form: string, segments: readonly TcpSegment[]): Pasted {
  const firstPort = segments[0]?.sourcePort;
  const parts: PastedPart[] = [];
  for (const { payload, sourcePort } of segments) {
    if (payload.length > 0) parts.push({ bytes: payload, side: sourcePort === firstPort ? 0 : 1 });
  }
  const [first] = segments;
  const skipped = first === undefined ? '' : `${countBytes(first.skipped)} of ${first.layers} skipped`;
  const notes = [segments.length === 1 ? `${skipped}.` : `${segments.length} packets; in the first, ${skipped}.`];
  return { form, parts, notes };
}

/**
 * Looks into bytes that were read by another form: they may be a whole packet. Then what it carries takes their place.
 */
export function insidePacket(pasted: Pasted): Pasted {
  const segments = pasted.parts.map(({ bytes }) => findTcpSegment(bytes));
  if (segments.length === 0 || segments.some((segment) => segment === undefined)) return pasted;
  const inside = segmentsRead(
    `${pasted.form}, of whole packets`,
    segments.filter((segment) => segment !== undefined),
  );
  return { ...inside, notes: [...pasted.notes, ...inside.notes] };
}

const WIRESHARK_ROW = /^[0-9a-f]{4,8} {2,3}(?:[0-9a-f]{2} {1,2}){0,15}[0-9a-f]{2}(?:\s.*)?$/i;

/** Several packets as hex dumps, one after the other: the offset of each begins at 0. */
export const readPacketDumps: ReadForm = (text) => {
  const dumps: string[] = [];
  for (const { text: line } of linesOf(text)) {
    if (!WIRESHARK_ROW.test(line)) return undefined;
    if (/^0{4,8} /.test(line)) dumps.push(line);
    else if (dumps.length > 0) dumps.push(`${dumps.pop()}\n${line}`);
    else return undefined;
  }
  if (dumps.length < 2) return undefined;
  const packets: Uint8Array<ArrayBuffer>[] = [];
  for (const dump of dumps) {
    const read = parseHex(dump);
    if ('problem' in read) return undefined;
    packets.push(read.bytes);
  }
  return (
    packetsRead('hex dumps of packets', packets) ?? {
      form: `${packets.length} hex dumps`,
      parts: packets.map((bytes) => ({ bytes })),
      notes: [],
    }
  );
};
