const BLOCK_BYTES = 64;
const ROUNDS = 80;

/**
 * The SHA-1 hash of a message: 20 bytes. RFC 3174.
 *
 * It is synchronous, and short: every page that shows a handshake loads it. It proves that a server read the key; as a
 * signature it is broken.
 */
export function sha1(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / BLOCK_BYTES) * BLOCK_BYTES));
  new Uint8Array(padded.buffer).set(message);
  padded.setUint8(message.length, 0x80);
  padded.setUint32(padded.byteLength - 8, Math.floor(message.length / 2 ** 29));
  padded.setUint32(padded.byteLength - 4, 8 * message.length);

  const hash = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(ROUNDS);
  for (let start = 0; start < padded.byteLength; start += BLOCK_BYTES) {
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = hash;
    for (let i = 0; i < ROUNDS; i++) {
      const before = (distance: number) => words[i - distance] as number;
      const word = i < 16 ? padded.getInt32(start + 4 * i) : turn(before(3) ^ before(8) ^ before(14) ^ before(16), 1);
      words[i] = word;
      // RFC 3174 §5: a function and a constant for each twenty rounds.
      const [mixed, constant] = [
        [(b & c) | (~b & d), 0x5a827999],
        [b ^ c ^ d, 0x6ed9eba1],
        [(b & c) | (b & d) | (c & d), 0x8f1bbcdc],
        [b ^ c ^ d, 0xca62c1d6],
      ][Math.floor(i / 20)] as [number, number];
      [a, b, c, d, e] = [(turn(a, 5) + mixed + e + word + constant) | 0, a, turn(b, 30), c, d];
    }
    for (const [i, word] of [a, b, c, d, e].entries()) hash[i] = (hash[i] as number) + word;
  }
  const digest = new DataView(new ArrayBuffer(20));
  for (const [i, word] of hash.entries()) digest.setInt32(4 * i, word);
  return new Uint8Array(digest.buffer);
}

function turn(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
