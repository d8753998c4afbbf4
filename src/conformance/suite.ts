import type { ConformanceCase } from './case.ts';
import { CLOSE_CODES } from './cases/close-codes.ts';
import { CLOSING } from './cases/closing.ts';
import { CONTROL_FRAMES } from './cases/control-frames.ts';
import { DEFLATE } from './cases/deflate.ts';
import { FRAGMENTATION } from './cases/fragmentation.ts';
import { FRAGMENTS_OUT_OF_PLACE } from './cases/fragments-out-of-place.ts';
import { FRAME_EXAMPLES } from './cases/frame-examples.ts';
import { FRAME_HEADER } from './cases/frame-header.ts';
import { LENGTH_FORMS } from './cases/length-forms.ts';
import { OPENING_ACCEPTED } from './cases/opening-accepted.ts';
import { OPENING_REFUSED } from './cases/opening-refused.ts';
import { PAYLOAD_LENGTH } from './cases/payload-length.ts';
import { RULE_EXAMPLES } from './cases/rule-examples.ts';
import { sizeLimitCases } from './cases/size-limit.ts';
import { UTF8 } from './cases/utf8.ts';
import { UTF8_EARLY } from './cases/utf8-early.ts';
import { VOLUME } from './cases/volume.ts';

/** What the caller knows about the server under test. */
export interface SuiteOptions {
  /** The longest message that it accepts, in bytes. If undefined, the cases about that limit are left out. */
  readonly maxMessageBytes?: number | undefined;
  /** Whether to add the cases about permessage-deflate. RFC 7692. */
  readonly deflate?: boolean | undefined;
}

/** All cases, roughly in the order of the RFC's sections: the opening handshake first, large messages last. */
export function conformanceCases({ maxMessageBytes, deflate = false }: SuiteOptions = {}): readonly ConformanceCase[] {
  return [
    ...OPENING_ACCEPTED,
    ...OPENING_REFUSED,
    ...FRAME_HEADER,
    ...PAYLOAD_LENGTH,
    ...LENGTH_FORMS,
    ...FRAME_EXAMPLES,
    ...FRAGMENTATION,
    ...FRAGMENTS_OUT_OF_PLACE,
    ...CONTROL_FRAMES,
    ...CLOSE_CODES,
    ...CLOSING,
    ...RULE_EXAMPLES,
    ...UTF8,
    ...UTF8_EARLY,
    ...VOLUME,
    ...(deflate ? DEFLATE : []),
    ...(maxMessageBytes === undefined ? [] : sizeLimitCases(maxMessageBytes)),
  ];
}

/** The cases whose id starts with `prefix`. */
export function casesStartingWith(cases: readonly ConformanceCase[], prefix: string): readonly ConformanceCase[] {
  return cases.filter(({ id }) => id.startsWith(prefix));
}
