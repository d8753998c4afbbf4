/** One packet of a capture. */
export interface CapturedPacket {
  /** LINKTYPE_…: the form of its first bytes. */
  readonly linkType: number;
  /** Milliseconds since the first packet. */
  readonly timeMs: number;
  /** What was captured of it: a view, valid until the source reads on. */
  readonly bytes: Uint8Array;
  /** Its length on the wire: more than was captured if the capture cuts packets. */
  readonly originalLength: number;
}

/** Who takes the contents of a capture file. */
export interface PacketTaker {
  packet(packet: CapturedPacket): void;
  /** A remark for the reader, one sentence. */
  note(sentence: string): void;
  /** TLS secrets that the file carries, in the NSS key log format. */
  secrets(text: string): void;
}

/** Reads a capture file piece by piece. Never throws. */
export interface PacketSource {
  push(piece: Uint8Array): void;
  /** The file has ended: reports what is cut off. */
  end(): void;
}

/** In bytes. No tool writes a longer packet or block: a longer length is damage, and would take memory for nothing. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024;
