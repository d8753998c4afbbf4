const BLOCK_BYTES = 64;
const ROUNDS = 64;

/** How far each round turns: four distances for each quarter of the rounds. RFC 1321 §3.4. */
const TURNS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21] as const;

/**
 * The MD5 hash of a message: 16 bytes. RFC 1321.
 *
 * The doctor recognizes answers that were hashed with it. It is broken: use it for nothing else.
 */
export function md5(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / BLOCK_BYTES) * BLOCK_BYTES));
  new Uint8Array(padded.buffer).set(message);
  padded.setUint8(message.length, 0x80);
  padded.setUint32(padded.byteLength - 8, 8 * message.length, true);
  padded.setUint32(padded.byteLength - 4, Math.floor(message.length / 2 ** 29), true);

  let [a0, b0, c0, d0] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let start = 0; start < padded.byteLength; start += BLOCK_BYTES) {
    let [a, b, c, d] = [a0, b0, c0, d0];
    for (let i = 0; i < ROUNDS; i++) {
      const quarter = i >> 4;
      const [mixed, word] = [
        [(b & c) | (~b & d), i],
        [(d & b) | (~d & c), 5 * i + 1],
        [b ^ c ^ d, 3 * i + 5],
        [c ^ (b | ~d), 7 * i],
      ][quarter] as [number, number];
      const constant = Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1)));
      const sum = (a + mixed + constant + padded.getUint32(start + 4 * (word % 16), true)) | 0;
      const turn = TURNS[4 * quarter + (i % 4)] as number;
      [a, d, c, b] = [d, c, b, (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0];
    }
    [a0, b0, c0, d0] = [a0 + a, b0 + b, c0 + c, d0 + d].map((word) => word | 0) as [number, number, number, number];
  }
  const digest = new DataView(new ArrayBuffer(16));
  for (const [i, word] of [a0, b0, c0, d0].entries()) digest.setInt32(4 * i, word, true);
  return new Uint8Array(digest.buffer);
}
