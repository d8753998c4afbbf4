/**
 * Where every read of every connection goes: each chunk is dealt with before the next read, so that one
 * buffer serves all. Without it Node sets aside 64 KiB for each read, which costs more than most reads.
 */
export const READ_BUFFER = new Uint8Array(64 * 1024);
