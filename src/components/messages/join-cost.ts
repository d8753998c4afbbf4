/** What it costs to gather a message: bytes copied, over all its reads. */
export interface JoinCost {
  readonly messageBytes: number;
  /** Each read is joined to what is there, which is copied whole. */
  readonly byJoining: number;
  /** The array is replaced by one twice as long when it is full. */
  readonly byDoubling: number;
}

/**
 * Counts the bytes that are copied while a message arrives.
 *
 * @param readBytes how many bytes each read brings
 */
export function joinCost(messageBytes: number, readBytes: number): JoinCost {
  let byJoining = 0;
  let byDoubling = 0;
  let room = 0;
  for (let length = readBytes; length <= messageBytes; length += readBytes) {
    byJoining += length;
    byDoubling += readBytes;
    if (length <= room) continue;
    byDoubling += length - readBytes;
    room = Math.max(length, 2 * room);
  }
  return { messageBytes, byJoining, byDoubling };
}
