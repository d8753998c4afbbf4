/** The limits of a receiver. RFC 6455 §10.4 advises every endpoint to set them. */
export interface Limits {
  /** The longest message, in bytes of payload in all its fragments together. */
  readonly maxMessageBytes: number;
  /** The most fragments of one message. */
  readonly maxFragments: number;
}

/** The limits of an endpoint that is given no others: 16 MiB, and a little over a million fragments. RFC 6455 §10.4. */
export const DEFAULT_LIMITS: Limits = {
  maxMessageBytes: 16 * 1024 * 1024,
  maxFragments: 1024 * 1024,
};

/**
 * Fills in the default limits. RFC 6455 §10.4.
 *
 * @returns the same object if the limits are complete, so that ten thousand connections can share it
 */
export function completeLimits(limits: Partial<Limits> = {}): Limits {
  return isComplete(limits) ? limits : { ...DEFAULT_LIMITS, ...limits };
}

function isComplete(limits: Partial<Limits>): limits is Limits {
  return limits.maxMessageBytes !== undefined && limits.maxFragments !== undefined;
}
