import type { FrameRule } from '../../rule.ts';

/**
 * What a compressed message can break. RFC 7692 §7.2.2. It is not among `FRAME_RULES`: only a connection that negotiated the
 * extension can break it, and its example is legal or not by what was agreed on.
 */
export const DEFLATE_RULES = {
  malformedDeflate: {
    name: 'malformed-deflate',
    section: 'RFC 7692 §7.2.2',
    statusCode: 1007,
    receiver: 'must',
    field: 'payload data',
    requirement: 'The payload of a compressed message is valid DEFLATE data, and ends where a block ends.',
    why: 'A receiver that cannot inflate one message has lost the window for every message after it, so it cannot go on.',
    brokenBy: 'either',
    // Block type 3, which RFC 1951 reserves.
    example: 'c1810000000007',
  },
} as const satisfies Record<string, FrameRule>;
