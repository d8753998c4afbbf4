/** One DEFLATE block of a compressed message. Bits are counted from the lowest bit of the message's first byte. RFC 1951 §3.2.3. */
export interface DeflateBlock {
  /** BFINAL: the sender says that the DEFLATE stream ends here. A message may hold such a block. RFC 7692 §7.2.3.4. */
  readonly final: boolean;
  readonly kind: 'stored' | 'fixed' | 'dynamic';
  readonly startBit: number;
  /** Behind the block's header: where its bytes or its first code begin. */
  readonly bodyBit: number;
  /** Behind its last bit, or where its bits end if the stream is cut. */
  readonly endBit: number;
  /** The bytes of the output that it makes. */
  readonly outputStart: number;
  readonly outputEnd: number;
  /** Its first codes, up to a limit; none for a stored block. */
  readonly codes: readonly DeflateCode[];
  /** How many codes it has, the end of the block not counted. */
  readonly codeCount: number;
}

/** A byte that stands for itself, or a copy of earlier bytes. RFC 1951 §3.2.5. */
export interface DeflateCode {
  readonly startBit: number;
  readonly endBit: number;
  readonly outputStart: number;
  readonly literal?: number;
  /** 3 to 258 bytes, from `distance` bytes before `outputStart`; a distance past `outputStart` reaches into earlier messages. */
  readonly match?: { readonly length: number; readonly distance: number };
}
