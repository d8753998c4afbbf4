/**
 * Compresses one direction of a connection. RFC 1951. The core has no compressor of its own: the platform's zlib is behind
 * it. It keeps its window from call to call until {@link reset}.
 */
export interface Deflater {
  /**
   * Compresses all of `bytes` and flushes to a byte boundary, so that the result ends with `00 00 ff ff`. RFC 7692 §7.2.1.
   * It may forget its window at any time before it starts, for example because memory is short.
   *
   * @param bytes at least one
   * @returns a new array, or a view that is good until the next call
   */
  deflate(bytes: Uint8Array): Uint8Array;
  /** Forgets the window. */
  reset(): void;
  /** Frees its memory. No call may follow. */
  end(): void;
}

/** Inflates one direction of a connection. It keeps its window from call to call until {@link reset}. */
export interface Inflater {
  /**
   * Inflates the next bytes of a message. They may end anywhere within a block. After a final block (BFINAL) the next block
   * begins, with the window as it is. RFC 7692 §7.2.3.4.
   *
   * @param isLast whether the message ends with them: then `00 00 ff ff`, which its sender has cut off, is put back, and
   *   the bytes must end where a block ends
   * @param maxBytes it stops soon after this much has come out, whatever follows
   * @returns everything that comes out: a new array, or a view that is good until the next call; more than `maxBytes` if it
   *   has stopped; undefined if the bytes are not DEFLATE
   */
  inflate(bytes: Uint8Array, isLast: boolean, maxBytes: number): Uint8Array | undefined;
  /** Forgets the window. */
  reset(): void;
  /** Roughly how much memory it takes, in bytes. */
  readonly heldBytes: number;
  /** Frees its memory. No call may follow. */
  end(): void;
}

/** What a platform offers. Windows are powers of two, 8 to 15. */
export interface DeflateCodec {
  createDeflater(windowBits: number): Deflater;
  createInflater(windowBits: number): Inflater;
}
