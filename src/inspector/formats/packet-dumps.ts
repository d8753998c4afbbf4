import { countBytes, countNoun } from '../../text/count.ts';
import { parseHex } from '../hex/parse-hex.ts';
import { findTcpSegment, type TcpSegment } from './packet.ts';
import { linesOf, type Pasted, type PasteResult, type ReadForm } from './pasted.ts';
import { orderSegments } from './segment-order.ts';

const TCPDUMP_ROW = /^\s+0x([0-9a-f]{4}): {2}((?:[0-9a-f]{2,4} ){0,7}[0-9a-f]{2,4})(?: {2,}.*)?$/i;

/** `tcpdump -x`, `-xx`, `-X` or `-XX`, with or without the line that describes each packet. */
export const readTcpdump: ReadForm = (text): PasteResult | undefined => {
  const packets: number[][] = [];
  let rows = 0;
  for (const { text: line } of linesOf(text)) {
    const [, offset, groups = ''] = TCPDUMP_ROW.exec(line) ?? [];
    if (offset === undefined) {
      // A line that describes a packet begins at the margin, or has two addresses.
      if (!/^\S|^\s+\S+ > \S+:/.test(line)) return undefined;
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

/** Reads the payloads of the packets of one connection, in order, each with the end that sent it. */
function packetsRead(form: string, packets: readonly Uint8Array<ArrayBuffer>[]): Pasted | undefined {
  const segments = packets.map(findTcpSegment);
  if (segments.some((segment) => segment === undefined)) return undefined;
  return segmentsRead(
    form,
    segments.filter((segment) => segment !== undefined),
  );
}

function segmentsRead(form: string, segments: readonly TcpSegment[]): Pasted {
  const { parts, repeated, moved, missing } = orderSegments(segments);
  const [first] = segments;
  const skipped = first === undefined ? '' : `${countBytes(first.skipped)} of ${first.layers} skipped`;
  const notes = [segments.length === 1 ? `${skipped}.` : `${segments.length} packets. In the first one, ${skipped}.`];
  if (moved > 0)
    notes.push(`${countNoun(moved, 'packet')} came too early and ${moved === 1 ? 'was' : 'were'} put in order.`);
  if (repeated > 0)
    notes.push(
      `${countNoun(repeated, 'packet')} ${repeated === 1 ? 'repeats' : 'repeat'} bytes that were sent before.`,
    );
  if (missing > 0) notes.push(`${countBytes(missing)} between the packets ${missing === 1 ? 'is' : 'are'} missing.`);
  return { form, parts, notes };
}

/**
 * Bytes that were read as any other form can be whole packets. If they are, only the payloads of the packets are kept.
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

const ROW = /^[0-9a-f]{4,8} {2,3}(?:[0-9a-f]{2} {1,2}){0,15}[0-9a-f]{2}(?:\s.*)?$/i;
const TITLE = /^(\S.*) \(\d+ bytes\):$/;

/**
 * Several packets as hex dumps, one after the other, as `tshark -x` writes them: the offsets of each begin at 0. If the dumps have
 * titles, only those with the title "Frame" are read: tshark derived the others from them.
 */
export const readPacketDumps: ReadForm = (text) => readDumps(text, false);

/** The list that Wireshark puts above each packet, and the first line of its tree. */
const TREE = /^(?:No\. +Time .*\r?\n.*\r?\n\r?\n)?Frame \d+: \d+ bytes on wire/;

/**
 * The packets' trees, each with its bytes, as `tshark -V -x` prints them and Wireshark exports them as plain text: the rows of
 * bytes are read, and the tree is left out.
 */
export const readPacketTrees: ReadForm = (text) =>
  TREE.test(text) && /^0{4,8} {2}[0-9a-f]{2} /im.test(text) ? readDumps(text, true) : undefined;

function readDumps(text: string, hasTrees: boolean): PasteResult | undefined {
  const dumps: string[] = [];
  let isDerived = false;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    const [, title] = TITLE.exec(line) ?? [];
    // An empty line ends a packet.
    if (line === '') isDerived = false;
    else if (title !== undefined) isDerived = title !== 'Frame';
    else if (!ROW.test(line)) {
      if (!hasTrees) return undefined;
      isDerived = false;
    } else if (/^0{4,8} /.test(line)) dumps.push(isDerived ? '' : line);
    else if (dumps.length > 0) dumps.push(dumps.at(-1) === '' ? '' : `${dumps.pop()}\n${line}`);
    else return undefined;
  }
  const packets: Uint8Array<ArrayBuffer>[] = [];
  for (const dump of dumps.filter((rows) => rows !== '')) {
    const read = parseHex(dump);
    if ('problem' in read) return undefined;
    packets.push(read.bytes);
  }
  if (packets.length < 2 && !hasTrees && !TITLE.test(linesOf(text)[0]?.text ?? '')) return undefined;
  if (packets.length === 0) return undefined;
  const form = packets.length === 1 ? 'a hex dump' : `${packets.length} hex dumps`;
  const whole = `${form} of whole packets${hasTrees ? ', below their trees' : ''}`;
  return packetsRead(whole, packets) ?? { form, parts: packets.map((bytes) => ({ bytes })), notes: [] };
}
