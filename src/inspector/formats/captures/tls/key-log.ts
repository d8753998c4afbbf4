import { bytesOfHex } from '../../../../bytes/hex.ts';

const LINE = /^([A-Z0-9_]+) ([0-9a-f]{64}) ([0-9a-f]{32,256})$/i;

/** The secrets of TLS connections, as SSLKEYLOGFILE writes them. RFC 9850 §2. */
export class KeyLog {
  readonly #secrets = new Map<string, string>();

  /** @param text lines of a label, the client's random number and a secret. Every other line is passed over */
  add(text: string): void {
    for (const line of text.split('\n')) {
      const [, label = '', random = '', secret = ''] = LINE.exec(line.trim()) ?? [];
      if (label !== '' && secret.length % 2 === 0)
        this.#secrets.set(`${label} ${random.toLowerCase()}`, secret.toLowerCase());
    }
  }

  /** How many secrets there are. */
  get size(): number {
    return this.#secrets.size;
  }

  /** @param random the client's random number, in hex */
  find(label: string, random: string): Uint8Array | undefined {
    const secret = this.#secrets.get(`${label} ${random}`);
    return secret === undefined ? undefined : bytesOfHex(secret);
  }
}
