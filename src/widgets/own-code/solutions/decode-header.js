function decodeHeader(bytes) {
  if (bytes.length < 2) return undefined;
  const masked = (bytes[1] & 0x80) !== 0;
  const short = bytes[1] & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const headerLength = 2 + lengthBytes + (masked ? 4 : 0);
  if (bytes.length < headerLength) return undefined;

  let length = short;
  if (lengthBytes > 0) {
    length = 0;
    // Not length << 8: shifts keep only 32 bits.
    for (let i = 0; i < lengthBytes; i++) length = length * 256 + bytes[2 + i];
  }
  return {
    fin: (bytes[0] & 0x80) !== 0,
    rsv: (bytes[0] & 0x70) >> 4,
    opcode: bytes[0] & 0x0f,
    masked,
    length,
    key: masked ? bytes.slice(headerLength - 4, headerLength) : undefined,
    headerLength,
  };
}
