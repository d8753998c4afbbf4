import { joinBytes } from '../../bytes/join-bytes.ts';
import { encodeText } from '../../text/utf8.ts';

// https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-03.html
const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE = 1;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** The packets begin with an IP header. */
const LINKTYPE_RAW = 101;

const OPTION = { end: 0, comment: 1, application: 4, ifName: 2, ifTsresol: 9, packetFlags: 2 } as const;
/** Nanoseconds: 10 to the power of -9. */
const NANOSECONDS = 9;
const INBOUND = 1;
const OUTBOUND = 2;

type Option = readonly [code: number, value: Uint8Array];

/** The blocks at the start of a pcapng file: one section with one interface, whose packets are raw IP. */
export function formatCaptureStart(application: string, comment?: string): Uint8Array<ArrayBuffer> {
  const section = new Uint8Array(16);
  const view = new DataView(section.buffer);
  view.setUint32(0, BYTE_ORDER_MAGIC, true);
  view.setUint16(4, 1, true);
  // The length of the section is unknown.
  view.setBigInt64(8, -1n, true);
  const sectionOptions: Option[] = [[OPTION.application, encodeText(application)]];
  if (comment !== undefined) sectionOptions.unshift([OPTION.comment, encodeText(comment)]);
  const networkInterface = new Uint8Array(8);
  new DataView(networkInterface.buffer).setUint16(0, LINKTYPE_RAW, true);
  const interfaceOptions: Option[] = [
    [OPTION.ifName, encodeText('proxy')],
    [OPTION.ifTsresol, Uint8Array.of(NANOSECONDS)],
  ];
  return joinBytes([
    block(SECTION_HEADER, section, sectionOptions),
    block(INTERFACE, networkInterface, interfaceOptions),
  ]);
}

export interface CapturedPacket {
  /** In milliseconds since 1970. */
  readonly wallMs: number;
  readonly direction: 'in' | 'out';
  /** Shown in Wireshark's list of comments. */
  readonly comment?: string | undefined;
}

/** One packet of a pcapng file. */
export function formatPacket(
  packet: Uint8Array,
  { wallMs, direction, comment }: CapturedPacket,
): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(20);
  const view = new DataView(head.buffer);
  const nanoseconds = BigInt(Math.floor(wallMs)) * 1_000_000n + BigInt(Math.round((wallMs % 1) * 1_000_000));
  view.setUint32(4, Number(nanoseconds >> 32n), true);
  view.setUint32(8, Number(nanoseconds & 0xffff_ffffn), true);
  view.setUint32(12, packet.length, true);
  view.setUint32(16, packet.length, true);
  const flags = new Uint8Array(4);
  new DataView(flags.buffer).setUint32(0, direction === 'in' ? INBOUND : OUTBOUND, true);
  const options: Option[] = [[OPTION.packetFlags, flags]];
  if (comment !== undefined) options.push([OPTION.comment, encodeText(comment)]);
  return block(ENHANCED_PACKET, joinBytes([head, padded(packet)]), options);
}

function block(type: number, body: Uint8Array, options: readonly Option[]): Uint8Array<ArrayBuffer> {
  const ends: readonly Option[] = [...options, [OPTION.end, new Uint8Array(0)]];
  const parts = ends.flatMap(([code, value]) => {
    const head = new Uint8Array(4);
    const view = new DataView(head.buffer);
    view.setUint16(0, code, true);
    view.setUint16(2, value.length, true);
    return [head, padded(value)];
  });
  const length = parts.reduce((sum, part) => sum + part.length, 12 + body.length);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, type, true);
  new DataView(head.buffer).setUint32(4, length, true);
  const tail = head.slice(4);
  return joinBytes([head, body, ...parts, tail]);
}

/** Blocks and options end at a multiple of four bytes. */
function padded(bytes: Uint8Array): Uint8Array {
  const rest = bytes.length % 4;
  return rest === 0 ? bytes : joinBytes([bytes, new Uint8Array(4 - rest)]);
}
