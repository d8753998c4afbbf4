/** The types of frames in HTTP/2 and HTTP/3 that a WebSocket needs. RFC 9113 §6, RFC 9114 §7.2. */
export const HTTP_FRAME = { data: 0, headers: 1 } as const;

/** Flags of HTTP/2. RFC 9113 §6.1, §6.2. */
export const END_HEADERS = 0x04;
export const END_STREAM = 0x01;

/** The setting with which a server allows extended CONNECT, and its value. RFC 8441 §3. */
export const ENABLE_CONNECT_PROTOCOL = { id: 0x8, value: 1 } as const;

/**
 * Encodes the 9 bytes before the payload of an HTTP/2 frame. RFC 9113 §4.1.
 *
 * @param stream 1 to 2^31 - 1; a client's are odd
 */
export function http2FrameHead(type: number, flags: number, stream: number, length: number): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(9));
  head.setUint8(0, length >>> 16);
  head.setUint16(1, length & 0xffff);
  head.setUint8(3, type);
  head.setUint8(4, flags);
  head.setUint32(5, stream);
  return new Uint8Array(head.buffer);
}

/** Encodes the type and the length before the payload of an HTTP/3 frame. The stream is QUIC's affair. RFC 9114 §7.1. */
export function http3FrameHead(type: number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...variableLength(type), ...variableLength(length)]);
}

/** A number of QUIC: its first two bits say whether it has 1, 2, 4 or 8 bytes. RFC 9000 §16. */
function variableLength(value: number): number[] {
  if (value < 0x40) return [value];
  if (value < 0x4000) return [0x40 | (value >> 8), value & 0xff];
  if (value < 0x4000_0000) return [0x80 | (value >>> 24), (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
  throw new RangeError(`${value} is too long for a frame of this project.`);
}
