/**
 * The one buffer for every read of every connection: each chunk is processed before the next read. Without it, Node
 * allocates 64 KiB for each read, which costs more than most reads.
 */
export const READ_BUFFER = new Uint8Array(64 * 1024);
