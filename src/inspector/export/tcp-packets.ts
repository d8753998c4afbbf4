/** One end of a TCP connection: an IPv4 or IPv6 address without brackets, and a port. */
export interface PacketEnd {
  readonly address: string;
  readonly port: number;
}

const FLAG = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;
const TCP = 6;
const TCP_HEADER_BYTES = 20;
const IPV4_HEADER_BYTES = 20;
const IPV6_HEADER_BYTES = 40;
/** The payload of one packet: what fits into the 16-bit lengths of both versions of IP. */
const MAX_SEGMENT_BYTES = 65_535 - IPV4_HEADER_BYTES - TCP_HEADER_BYTES;
const WINDOW = 65_535;
const LOOPBACK = '127.0.0.1';

/** An IPv4 address as IPv6 sockets see it, `::ffff:127.0.0.1`, is written as what it is. RFC 4291 §2.5.5.2. */
function plainAddress({ address, port }: PacketEnd): PacketEnd {
  return { address: address.replace(/^::ffff:(?=\d+\.)/i, ''), port };
}

/**
 * Makes the IP packets in which the bytes of a connection could have traveled, with right checksums. Sequence numbers start
 * at 0 after the SYN in both directions, so they are the offsets of the bytes plus 1. RFC 9293 §3.1, RFC 791, RFC 8200.
 */
export class TcpPackets {
  readonly #client: PacketEnd;
  readonly #server: PacketEnd;
  /** The next sequence numbers. */
  readonly #sequence = { in: 0, out: 0 };

  /** If the addresses are of different versions, both are written as loopback addresses of IPv4. */
  constructor(client: PacketEnd, server: PacketEnd) {
    const [first, second] = [plainAddress(client), plainAddress(server)];
    const same = first.address.includes(':') === second.address.includes(':');
    this.#client = same ? first : { ...first, address: LOOPBACK };
    this.#server = same ? second : { ...second, address: LOOPBACK };
  }

  /** The three packets that open TCP, with the direction of each. */
  open(): ['in' | 'out', Uint8Array<ArrayBuffer>][] {
    const syn = this.#packet('in', FLAG.syn, new Uint8Array(0));
    this.#sequence.in = 1;
    const synAck = this.#packet('out', FLAG.syn | FLAG.ack, new Uint8Array(0));
    this.#sequence.out = 1;
    return [
      ['in', syn],
      ['out', synAck],
      ['in', this.#packet('in', FLAG.ack, new Uint8Array(0))],
    ];
  }

  /** One packet, or several if the bytes do not fit into one. */
  data(direction: 'in' | 'out', bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
    const packets: Uint8Array<ArrayBuffer>[] = [];
    for (let start = 0; start < bytes.length; start += MAX_SEGMENT_BYTES) {
      const segment = bytes.subarray(start, start + MAX_SEGMENT_BYTES);
      packets.push(this.#packet(direction, FLAG.psh | FLAG.ack, segment));
      this.#sequence[direction] += segment.length;
    }
    return packets;
  }

  /** The end of one direction. */
  end(direction: 'in' | 'out', how: 'FIN' | 'RST'): Uint8Array<ArrayBuffer> {
    const packet = this.#packet(direction, (how === 'FIN' ? FLAG.fin : FLAG.rst) | FLAG.ack, new Uint8Array(0));
    this.#sequence[direction] += 1;
    return packet;
  }

  #packet(direction: 'in' | 'out', flags: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
    const [from, to] = direction === 'in' ? [this.#client, this.#server] : [this.#server, this.#client];
    const tcp = new Uint8Array(TCP_HEADER_BYTES + payload.length);
    const view = new DataView(tcp.buffer);
    view.setUint16(0, from.port);
    view.setUint16(2, to.port);
    view.setUint32(4, this.#sequence[direction] >>> 0);
    if (flags & FLAG.ack) view.setUint32(8, this.#sequence[direction === 'in' ? 'out' : 'in'] >>> 0);
    view.setUint8(12, (TCP_HEADER_BYTES / 4) << 4);
    view.setUint8(13, flags);
    view.setUint16(14, WINDOW);
    tcp.set(payload, TCP_HEADER_BYTES);
    const isIpv6 = from.address.includes(':');
    const source = isIpv6 ? ipv6Bytes(from.address) : ipv4Bytes(from.address);
    const destination = isIpv6 ? ipv6Bytes(to.address) : ipv4Bytes(to.address);
    const pseudo = sum(source) + sum(destination) + TCP + tcp.length;
    view.setUint16(16, checksum(pseudo + sum(tcp)));
    return isIpv6 ? inIpv6(source, destination, tcp) : inIpv4(source, destination, tcp);
  }
}

function inIpv4(source: Uint8Array, destination: Uint8Array, tcp: Uint8Array): Uint8Array<ArrayBuffer> {
  const packet = new Uint8Array(IPV4_HEADER_BYTES + tcp.length);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x45);
  view.setUint16(2, packet.length);
  view.setUint16(6, 0x4000);
  view.setUint8(8, 64);
  view.setUint8(9, TCP);
  packet.set(source, 12);
  packet.set(destination, 16);
  view.setUint16(10, checksum(sum(packet.subarray(0, IPV4_HEADER_BYTES))));
  packet.set(tcp, IPV4_HEADER_BYTES);
  return packet;
}

function inIpv6(source: Uint8Array, destination: Uint8Array, tcp: Uint8Array): Uint8Array<ArrayBuffer> {
  const packet = new Uint8Array(IPV6_HEADER_BYTES + tcp.length);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x60);
  view.setUint16(4, tcp.length);
  view.setUint8(6, TCP);
  view.setUint8(7, 64);
  packet.set(source, 8);
  packet.set(destination, 24);
  packet.set(tcp, IPV6_HEADER_BYTES);
  return packet;
}

/** The sum of 16-bit words, for a checksum. RFC 1071. */
function sum(bytes: Uint8Array): number {
  let total = 0;
  for (let i = 0; i + 1 < bytes.length; i += 2) total += ((bytes[i] as number) << 8) | (bytes[i + 1] as number);
  if (bytes.length % 2 === 1) total += (bytes[bytes.length - 1] as number) << 8;
  return total;
}

function checksum(total: number): number {
  let folded = total;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}

function ipv4Bytes(address: string): Uint8Array {
  const numbers = address.split('.').map(Number);
  return Uint8Array.from(numbers.length === 4 ? numbers : LOOPBACK.split('.').map(Number));
}

function ipv6Bytes(address: string): Uint8Array {
  const [left = '', right] = address.split('::');
  const words = (part: string) =>
    part
      .split(':')
      .filter((word) => word !== '')
      .map((word) => Number.parseInt(word, 16));
  const [before, after] = [words(left), words(right ?? '')];
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of before.entries()) view.setUint16(2 * index, word);
  for (const [index, word] of after.entries()) view.setUint16(16 - 2 * (after.length - index), word);
  return bytes;
}
