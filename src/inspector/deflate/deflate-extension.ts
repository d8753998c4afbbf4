import type { Extension } from '../../protocol/extensions/extension.ts';
import { PERMESSAGE_DEFLATE } from '../../protocol/extensions/permessage-deflate/parameters.ts';
import { RSV1_BIT } from '../../protocol/framing/layout.ts';

/** Gives RSV1 a meaning, so that the bit does not count as a broken rule. Nothing is decoded through it. */
export const DEFLATE: Extension = {
  name: PERMESSAGE_DEFLATE,
  reservedBit: RSV1_BIT,
  createDecoder: () => ({ decode: (payload) => payload }),
};
