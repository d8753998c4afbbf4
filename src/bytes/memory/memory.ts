/**
 * Where the bytes of frames and messages lie, and who says when they may be overwritten.
 *
 * | bytes | written by | good until |
 * |---|---|---|
 * | a chunk | the socket, then the frame reader, which unmasks it | the call that it was given to returns: the next read overwrites it |
 * | the payload of a message that one chunk held | nobody: it is a part of that chunk | as the chunk |
 * | the payload of a message in several parts | `GrowingBytes`, in an array that it took | the owner of the connection says `done`, after its handler has returned |
 * | a short payload in a frame that is sent | the sender, which copies it behind the header, in an array that it took | the owner says `done`, once the system has it |
 * | a long payload that is sent from where it lies | nobody, from the send on; the sender says `keep` | the owner says `done`, once the system has it |
 * | a frame that is encoded once for many receivers | `encodeFrame`, in fresh memory | nobody refers to it any more |
 *
 * There is one `done` for each `take`, and one for each `keep`. Once too few does no harm: the memory is not used again,
 * and goes when nobody refers to it. Once too many means that two messages lie in the same place.
 */
export interface Memory {
  /** @returns an array that is the caller's alone; it may have any bytes in it */
  take(byteLength: number): Uint8Array<ArrayBuffer>;
  /**
   * Keeps bytes for longer than their owner does.
   *
   * @returns the same bytes, which stay as they are until {@link done}; a copy if they lie where they cannot stay
   */
  keep(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
  /** @param bytes not needed any more by one who took or kept them; bytes that lie elsewhere make no difference */
  done(bytes: Uint8Array): void;
}

/**
 * Bytes that lie in memory of others: a chunk, or an array that is used again. They are good until the call that gave
 * them returns. Copy what is to stay, with `slice()` or `new Uint8Array(bytes)`; `subarray()` does not copy, and neither
 * does `slice()` of a Node `Buffer`.
 */
export type BorrowedBytes = Uint8Array;
