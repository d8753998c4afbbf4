/**
 * Memory for the bytes of frames and messages, and the rules for when it may be overwritten.
 *
 * | bytes | written by | valid until |
 * |---|---|---|
 * | a chunk | the socket, then the frame reader, which unmasks it | the call that received it returns: the next read overwrites it |
 * | the payload of a message that one chunk held | no one: it is a part of that chunk | the same as the chunk |
 * | the payload of a message in several parts | `GrowingBytes`, in an array that it took | the owner of the connection calls `done`, after its handler has returned |
 * | a short payload in a frame that is sent | the sender, which copies it after the header, in an array that it took | the transport calls `done`, when the system has it |
 * | a long payload that is sent without a copy | no one, after the send; the sender calls `keep` | the transport calls `done`, when the system has it |
 * | a frame that is encoded once for many receivers | `encodeFrame`, in fresh memory | it is garbage |
 *
 * There is one `done` for each `take`, and one for each `keep`. A missing `done` does no harm: the memory is not reused, and
 * the garbage collector frees it. One `done` too many means that two messages overwrite each other.
 */
export interface Memory {
  /** @returns an array that belongs to the caller alone; it may contain any bytes */
  take(byteLength: number): Uint8Array<ArrayBuffer>;
  /**
   * Keeps bytes longer than their owner does.
   *
   * @returns the same bytes, which do not change until {@link done}; or a copy, if their memory will be overwritten
   */
  keep(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
  /** @param bytes taken or kept before, and no longer needed; bytes in other memory are ignored */
  done(bytes: Uint8Array): void;
}

/**
 * Bytes in someone else's memory: a chunk, or an array that is reused. They are valid until the call that passed them
 * returns. Copy the bytes that you keep, with `slice()` or `new Uint8Array(bytes)`. `subarray()` does not copy, and neither
 * does `slice()` of a Node `Buffer`.
 */
export type BorrowedBytes = Uint8Array;
