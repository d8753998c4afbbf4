/** A TCP segment in a packet. Offsets count from the packet's first byte. */
export interface Segment {
  /** Source and destination, each as address and port. */
  readonly source: string;
  readonly destination: string;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  readonly start: number;
  /** Where the payload ends on the wire: past the packet's last byte if the capture cut it. */
  readonly end: number;
}

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;

/** What a packet is that holds no TCP segment. */
export type NoSegment = 'other' | 'fragment' | 'cut' | 'unknown-link';

const ETHERTYPE_IPV4 = 0x0800;
const ETHERTYPE_IPV6 = 0x86dd;
const ETHERTYPE_PPPOE = 0x8864;
const VLAN_TAGS = [0x8100, 0x88a8, 0x9100];
const PPP_IPV4 = 0x0021;
const PPP_IPV6 = 0x0057;

const TCP = 6;
const IPV6_FRAGMENT = 44;
const IPV6_AUTHENTICATION = 51;
/** Hop-by-hop, routing, destination options, mobility. */
const IPV6_EXTENSIONS = [0, 43, 60, 135];

/** The link types that are read. https://www.tcpdump.org/linktypes.html */
const NULL = 0;
const ETHERNET = 1;
const RAW_BSD = 12;
const RAW_OPENBSD = 14;
const RAW = 101;
const LOOP = 108;
const LINUX_SLL = 113;
const IPV4 = 228;
const IPV6 = 229;
const PKTAP = 258;
const LINUX_SLL2 = 276;

/** Link types that people meet and that are not read, by name. */
export const LINK_NAMES: Readonly<Record<number, string>> = {
  9: 'PPP',
  105: 'Wi-Fi (IEEE 802.11)',
  127: 'Wi-Fi with radiotap headers',
  147: 'a user’s own link type',
  195: 'IEEE 802.15.4',
  220: 'USB',
  239: 'NFLOG',
  251: 'Bluetooth',
};

/** Finds the TCP segment in a packet, below its link and IP headers. RFC 791, RFC 8200, RFC 9293 §3.1. */
export function segmentIn(linkType: number, bytes: Uint8Array): Segment | NoSegment {
  const at = startOfIp(linkType, bytes);
  return typeof at === 'number' ? readIp(bytes, at) : at;
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function u32(bytes: Uint8Array, at: number): number {
  return ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0;
}

function startOfIp(linkType: number, bytes: Uint8Array): number | NoSegment {
  switch (linkType) {
    case NULL:
    case LOOP:
      // An address family in the byte order of whoever captured: only what follows says whether it is IP.
      return 4;
    case ETHERNET:
      return afterType(bytes, 12);
    case RAW_BSD:
    case RAW_OPENBSD:
    case RAW:
    case IPV4:
    case IPV6:
      return 0;
    case LINUX_SLL:
      return afterType(bytes, 14);
    case LINUX_SLL2:
      return isIpType(u16(bytes, 0)) ? 20 : 'other';
    case PKTAP: {
      // Its length and the link type of what follows, both little-endian: it is Apple's.
      const length = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
      const inner = startOfIp((bytes[8] ?? 0) | ((bytes[9] ?? 0) << 8), bytes.subarray(length));
      return typeof inner === 'number' ? length + inner : inner;
    }
    default:
      return 'unknown-link';
  }
}

function isIpType(type: number): boolean {
  return type === ETHERTYPE_IPV4 || type === ETHERTYPE_IPV6;
}

/** @param at of the EtherType; tags may stand before the one that counts */
function afterType(bytes: Uint8Array, at: number): number | NoSegment {
  let where = at;
  let type = u16(bytes, where);
  while (VLAN_TAGS.includes(type) && where + 4 < bytes.length) {
    where += 4;
    type = u16(bytes, where);
  }
  if (isIpType(type)) return where + 2;
  if (type !== ETHERTYPE_PPPOE) return 'other';
  const protocol = u16(bytes, where + 8);
  return protocol === PPP_IPV4 || protocol === PPP_IPV6 ? where + 10 : 'other';
}

function readIp(bytes: Uint8Array, at: number): Segment | NoSegment {
  const version = (bytes[at] ?? 0) >> 4;
  if (version === 4) {
    if (bytes.length < at + 20) return 'cut';
    const headerLength = ((bytes[at] ?? 0) & 15) * 4;
    if (bytes[at + 9] !== TCP || headerLength < 20) return 'other';
    if ((u16(bytes, at + 6) & 0x3fff) !== 0) return 'fragment';
    // A network card that cuts the segments itself leaves the length 0.
    const total = u16(bytes, at + 2) || bytes.length - at;
    return readTcp(bytes, at + headerLength, at + total, ipv4(bytes, at + 12), ipv4(bytes, at + 16));
  }
  if (version !== 6) return 'other';
  if (bytes.length < at + 40) return 'cut';
  const payloadLength = u16(bytes, at + 4);
  const end = payloadLength === 0 ? bytes.length : at + 40 + payloadLength;
  let next = bytes[at + 6] ?? 0;
  let where = at + 40;
  while (next !== TCP) {
    if (where + 8 > bytes.length) return 'other';
    const units = bytes[where + 1] ?? 0;
    if (next === IPV6_FRAGMENT && (u16(bytes, where + 2) & 0xfff9) !== 0) return 'fragment';
    const length = extensionLength(next, units);
    if (length === undefined) return 'other';
    next = bytes[where] ?? 0;
    where += length;
  }
  return readTcp(bytes, where, end, ipv6(bytes, at + 8), ipv6(bytes, at + 24));
}

/** @returns undefined if this is no extension header: another protocol follows, or what follows is encrypted */
function extensionLength(type: number, units: number): number | undefined {
  if (type === IPV6_FRAGMENT) return 8;
  if (type === IPV6_AUTHENTICATION) return (units + 2) * 4;
  return IPV6_EXTENSIONS.includes(type) ? (units + 1) * 8 : undefined;
}

function readTcp(bytes: Uint8Array, at: number, end: number, source: string, destination: string): Segment | NoSegment {
  if (bytes.length < at + 20) return 'cut';
  const headerLength = ((bytes[at + 12] ?? 0) >> 4) * 4;
  if (headerLength < 20 || at + headerLength > end) return 'other';
  return {
    source: `${source}:${u16(bytes, at)}`,
    destination: `${destination}:${u16(bytes, at + 2)}`,
    sequence: u32(bytes, at + 4),
    acknowledgment: u32(bytes, at + 8),
    flags: bytes[at + 13] ?? 0,
    start: at + headerLength,
    end,
  };
}

function ipv4(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** RFC 5952: the longest run of zeros is left out. */
function ipv6(bytes: Uint8Array, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => u16(bytes, at + 2 * i));
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (best.length < 2) return `[${hex(groups)}]`;
  return `[${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.length))}]`;
}
