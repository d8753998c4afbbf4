import { joinBytes } from '../../src/bytes/join-bytes.ts';

/** One TCP segment between side 0, the client, and side 1. */
export interface BuiltSegment {
  readonly side: 0 | 1;
  readonly sequence: number;
  readonly acknowledgment?: number;
  readonly flags: number;
  readonly payload: Uint8Array;
}

export const FLAG = { fin: 1, syn: 2, rst: 4, ack: 16 } as const;

const PORTS = [50_000, 8080] as const;
const HEADERS = 14 + 20 + 20;

/** A whole Ethernet packet, IPv4 on loopback. Checksums are left 0: captures of loopback have wrong ones anyway. */
export function packetOf(
  { side, sequence, acknowledgment = 0, flags, payload }: BuiltSegment,
  port: number = PORTS[0],
) {
  const bytes = new Uint8Array(HEADERS + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(12, 0x0800);
  bytes[14] = 0x45;
  view.setUint16(16, 40 + payload.length);
  bytes[22] = 64;
  bytes[23] = 6;
  bytes.set([127, 0, 0, 1], 26);
  bytes.set([127, 0, 0, 1], 30);
  view.setUint16(34, side === 0 ? port : PORTS[1]);
  view.setUint16(36, side === 0 ? PORTS[1] : port);
  view.setUint32(38, sequence);
  view.setUint32(42, acknowledgment);
  bytes[46] = 5 << 4;
  bytes[47] = flags;
  view.setUint16(48, 65_535);
  bytes.set(payload, HEADERS);
  return bytes;
}

/** A pcap capture, little-endian, with a packet each millisecond. */
export function pcapOf(packets: readonly Uint8Array[], linkType = 1): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(24));
  head.setUint32(0, 0xa1b2c3d4, true);
  head.setUint16(4, 2, true);
  head.setUint16(6, 4, true);
  head.setUint32(16, 262_144, true);
  head.setUint32(20, linkType, true);
  const records = packets.flatMap((packet, i) => {
    const record = new DataView(new ArrayBuffer(16));
    record.setUint32(0, Math.floor(i / 1000), true);
    record.setUint32(4, (i % 1000) * 1000, true);
    record.setUint32(8, packet.length, true);
    record.setUint32(12, packet.length, true);
    return [new Uint8Array(record.buffer), packet];
  });
  return joinBytes([new Uint8Array(head.buffer), ...records]);
}

/** What one side says, in the order in which both speak. */
export interface Said {
  readonly side: 0 | 1;
  readonly bytes: Uint8Array;
}

/**
 * The segments of a connection, from SYN to FIN.
 *
 * @param initial the first sequence numbers: near 2^32 they wrap
 * @param cut how many bytes the next segment takes of `left`
 */
export function segmentsOf(
  script: readonly Said[],
  initial: readonly [number, number] = [1000, 2000],
  cut: (left: number) => number = (left) => left,
): BuiltSegment[] {
  const next: [number, number] = [initial[0], initial[1]];
  const nothing = new Uint8Array(0);
  const segments: BuiltSegment[] = [];
  const send = (side: 0 | 1, flags: number, payload: Uint8Array = nothing) => {
    const acknowledgment = flags === FLAG.syn ? 0 : next[1 - side];
    segments.push({ side, sequence: next[side], acknowledgment: acknowledgment ?? 0, flags, payload });
    const isCounted = (flags & (FLAG.syn | FLAG.fin)) !== 0;
    next[side] = (next[side] + payload.length + (isCounted ? 1 : 0)) >>> 0;
  };
  send(0, FLAG.syn);
  send(1, FLAG.syn | FLAG.ack);
  send(0, FLAG.ack);
  for (const { side, bytes } of script) {
    for (let at = 0; at < bytes.length; ) {
      const taken = Math.max(1, Math.min(cut(bytes.length - at), bytes.length - at));
      send(side, FLAG.ack, bytes.subarray(at, at + taken));
      at += taken;
    }
  }
  send(1, FLAG.fin | FLAG.ack);
  send(0, FLAG.fin | FLAG.ack);
  send(1, FLAG.ack);
  return segments;
}
