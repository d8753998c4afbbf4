/** The TCP segment inside a whole packet. */
export interface TcpSegment {
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  /** FIN, SYN, RST, PSH, ACK and so on, as in the header. RFC 9293 §3.1. */
  readonly flags: number;
  /** The number of bytes before the payload. */
  readonly skipped: number;
  /** The layers of those bytes, outermost first: `Ethernet, IPv4 and TCP`. */
  readonly layers: string;
}

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const VLAN = [0x8100, 0x88a8];
const TCP = 6;

/**
 * Finds the TCP segment in the bytes of a whole packet: Ethernet with VLAN tags, Linux cooked (version 1 and 2), BSD loopback, or
 * plain IP. The version, the lengths and the protocol must all fit, so that WebSocket frames are not mistaken for a packet.
 */
export function findTcpSegment(bytes: Uint8Array): TcpSegment | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u16 = (at: number) => (at + 2 <= bytes.length ? view.getUint16(at) : -1);
  const isIp = (at: number) => {
    const version = (bytes[at] ?? 0) >> 4;
    return version === 4 || version === 6;
  };
  if (isIp(0)) return readIp(bytes, view, 0, []);
  const family = bytes.length >= 4 ? [view.getUint32(0, true), view.getUint32(0)] : [];
  if (family.some((value) => [2, 10, 24, 28, 30].includes(value)) && isIp(4))
    return readIp(bytes, view, 4, ['BSD loopback']);

  let type = u16(12);
  let at = 14;
  const layers = ['Ethernet'];
  while (VLAN.includes(type)) {
    type = u16(at + 2);
    at += 4;
    layers.push('VLAN');
  }
  if (type === IPV4 || type === IPV6) {
    const found = readIp(bytes, view, at, layers);
    if (found !== undefined) return found;
  }
  if (u16(0) <= 4 && (u16(14) === IPV4 || u16(14) === IPV6)) return readIp(bytes, view, 16, ['Linux cooked']);
  if ((u16(0) === IPV4 || u16(0) === IPV6) && u16(2) === 0) return readIp(bytes, view, 20, ['Linux cooked v2']);
  return undefined;
}

function readIp(bytes: Uint8Array, view: DataView, at: number, layers: readonly string[]): TcpSegment | undefined {
  const version = (bytes[at] ?? 0) >> 4;
  if (version === 4) {
    if (bytes.length < at + 20) return undefined;
    const headerLength = ((bytes[at] ?? 0) & 15) * 4;
    const total = view.getUint16(at + 2);
    const isFragment = (view.getUint16(at + 6) & 0x3fff) !== 0;
    if (headerLength < 20 || isFragment || bytes[at + 9] !== TCP || total < headerLength + 20) return undefined;
    return readTcp(bytes, view, at + headerLength, at + total, [...layers, 'IPv4']);
  }
  if (version === 6) {
    if (bytes.length < at + 40 || bytes[at + 6] !== TCP) return undefined;
    return readTcp(bytes, view, at + 40, at + 40 + view.getUint16(at + 4), [...layers, 'IPv6']);
  }
  return undefined;
}

/** @param end the end of the packet according to its IP header; padding of Ethernet can follow */
function readTcp(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  end: number,
  layers: readonly string[],
): TcpSegment | undefined {
  if (bytes.length < at + 20) return undefined;
  const headerLength = ((bytes[at + 12] ?? 0) >> 4) * 4;
  // The capture may have cut the packet, but the packet is never longer than its header says, except for Ethernet's padding to 60 bytes.
  if (headerLength < 20 || at + headerLength > Math.min(end, bytes.length) || (bytes.length > end && bytes.length > 64))
    return undefined;
  const start = at + headerLength;
  const names = [...layers, 'TCP'];
  return {
    payload: bytes.slice(start, end),
    sourcePort: view.getUint16(at),
    destinationPort: view.getUint16(at + 2),
    sequence: view.getUint32(at + 4),
    flags: bytes[at + 13] ?? 0,
    skipped: start,
    layers: `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
  };
}
