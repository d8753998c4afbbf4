/** How large a head may be. A peer that never ends its head would otherwise fill the memory. RFC 6455 §10.4. */
export interface HeadLimits {
  /** Bytes from the first of the head to the end of its empty line. */
  readonly maxHeadBytes: number;
  /** Header lines, without the first line of the head. */
  readonly maxHeaders: number;
}

export const DEFAULT_HEAD_LIMITS: HeadLimits = { maxHeadBytes: 16384, maxHeaders: 100 };
