import { decodeLatin1 } from '../../../../text/latin1.ts';
import { decodeHuffman } from './huffman.ts';

/** One field of a head: its name in lower case, and its value. */
export type HeadField = readonly [name: string, value: string];

/** RFC 7541 appendix A; an entry without "=" has an empty value. */
const STATIC_TABLE: readonly HeadField[] = [
  ...[':authority', ':method=GET', ':method=POST', ':path=/', ':path=/index.html', ':scheme=http', ':scheme=https'],
  ...[':status=200', ':status=204', ':status=206', ':status=304', ':status=400', ':status=404', ':status=500'],
  ...['accept-charset', 'accept-encoding=gzip, deflate', 'accept-language', 'accept-ranges', 'accept'],
  ...['access-control-allow-origin', 'age', 'allow', 'authorization', 'cache-control', 'content-disposition'],
  ...['content-encoding', 'content-language', 'content-length', 'content-location', 'content-range', 'content-type'],
  ...['cookie', 'date', 'etag', 'expect', 'expires', 'from', 'host', 'if-match', 'if-modified-since', 'if-none-match'],
  ...['if-range', 'if-unmodified-since', 'last-modified', 'link', 'location', 'max-forwards', 'proxy-authenticate'],
  ...['proxy-authorization', 'range', 'referer', 'refresh', 'retry-after', 'server', 'set-cookie'],
  ...['strict-transport-security', 'transfer-encoding', 'user-agent', 'vary', 'via', 'www-authenticate'],
].map((entry) => {
  const [name = '', value = ''] = entry.split('=');
  return [name, value];
});

const DEFAULT_TABLE_BYTES = 4096;
/** What a side may ask for is not followed: it never makes the table larger than this. */
const MAX_TABLE_BYTES = 1024 * 1024;
/** What an entry costs beside its name and value. RFC 7541 §4.1. */
const ENTRY_OVERHEAD = 32;
/** In bytes, of all names and values of one block: a reference of one byte can stand for a long value. */
const MAX_LIST_BYTES = 1024 * 1024;

/** Decodes the heads of one direction of HTTP/2, in order: each may refer to those before it. RFC 7541. */
export class HpackDecoder {
  /** The newest last; those before `#oldest` are forgotten. */
  #table: HeadField[] = [];
  #oldest = 0;
  #tableBytes = 0;
  #maxTableBytes = DEFAULT_TABLE_BYTES;
  #block: Uint8Array = new Uint8Array(0);
  #at = 0;

  /** @returns undefined if the block is malformed. After that, the blocks that follow cannot be read either */
  decode(block: Uint8Array): HeadField[] | undefined {
    this.#block = block;
    this.#at = 0;
    const fields: HeadField[] = [];
    let size = 0;
    while (this.#at < block.length) {
      const first = block[this.#at] as number;
      if (first >= 0x20 && first < 0x40) {
        const bytes = this.#integer(5);
        if (bytes === undefined || bytes > MAX_TABLE_BYTES) return undefined;
        this.#maxTableBytes = bytes;
        this.#evict();
        continue;
      }
      const field = first >= 0x80 ? this.#indexed() : this.#literal(first);
      if (field === undefined) return undefined;
      size += sizeOf(field);
      if (size > MAX_LIST_BYTES) return undefined;
      fields.push(field);
    }
    return fields;
  }

  #indexed(): HeadField | undefined {
    const index = this.#integer(7);
    return index === undefined ? undefined : this.#entry(index);
  }

  /** RFC 7541 §6.2: with indexing, without it, or never indexed. */
  #literal(first: number): HeadField | undefined {
    const isAdded = first >= 0x40;
    const index = this.#integer(isAdded ? 6 : 4);
    if (index === undefined) return undefined;
    const name = index === 0 ? this.#string() : this.#entry(index)?.[0];
    const value = name === undefined ? undefined : this.#string();
    if (name === undefined || value === undefined) return undefined;
    const field: HeadField = [name, value];
    if (isAdded) {
      this.#table.push(field);
      this.#tableBytes += sizeOf(field);
      this.#evict();
    }
    return field;
  }

  #entry(index: number): HeadField | undefined {
    if (index <= STATIC_TABLE.length) return STATIC_TABLE[index - 1];
    const at = this.#table.length - (index - STATIC_TABLE.length);
    return at < this.#oldest ? undefined : this.#table[at];
  }

  #evict(): void {
    while (this.#tableBytes > this.#maxTableBytes && this.#oldest < this.#table.length) {
      this.#tableBytes -= sizeOf(this.#table[this.#oldest++] as HeadField);
    }
    // Not at each entry: moving the whole table would take time with the square of its size.
    if (2 * this.#oldest <= this.#table.length) return;
    this.#table = this.#table.slice(this.#oldest);
    this.#oldest = 0;
  }

  /** RFC 7541 §5.1. */
  #integer(prefixBits: number): number | undefined {
    const block = this.#block;
    const full = 2 ** prefixBits - 1;
    let value = (block[this.#at++] ?? 0) & full;
    if (value < full) return value;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = block[this.#at++];
      if (byte === undefined) return undefined;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return undefined;
  }

  /** RFC 7541 §5.2. */
  #string(): string | undefined {
    const isPacked = ((this.#block[this.#at] ?? 0) & 0x80) !== 0;
    if (this.#at >= this.#block.length) return undefined;
    const length = this.#integer(7);
    if (length === undefined || this.#at + length > this.#block.length) return undefined;
    const bytes = this.#block.subarray(this.#at, this.#at + length);
    this.#at += length;
    return isPacked ? decodeHuffman(bytes) : decodeLatin1(bytes);
  }
}

function sizeOf([name, value]: HeadField): number {
  return name.length + value.length + ENTRY_OVERHEAD;
}
