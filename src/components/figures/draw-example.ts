import { EXAMPLE_KEY } from '../../protocol/handshake/head/example-heads.ts';
import type { Drawn } from '../../widgets/base/lab-source/simulated-lab.ts';

/** The key that the RFC masks its own examples with. RFC 6455 §5.7. */
const MASKING_KEY = 0x37fa213d;

/** What worked examples are drawn from: always the same, so that a page is built the same each time. */
export function drawExample(): Drawn {
  let maskingKey = MASKING_KEY;
  return {
    host: 'localhost:8080',
    key: EXAMPLE_KEY,
    nextMaskingKey: () => {
      const key = maskingKey;
      maskingKey = (Math.imul(maskingKey, 0x9e3779b1) + 1) >>> 0;
      return key;
    },
  };
}
