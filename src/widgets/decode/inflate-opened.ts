import { DirectionInflater } from '../../inspector/deflate/direction-inflater.ts';
import { dumpInflated, type InflatedDump, SHOWN_LIMITS } from '../../inspector/deflate/inflated-dump.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { type DecodeState, shownConnection } from './model.ts';

/** The window is rebuilt from this many frames before the open one. Earlier messages count as not seen. */
const MAX_FRAMES_BACK = 5000;
/** In bytes. A longer message is cut here. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * Inflates the message that ends with the open frame. RFC 7692 §7.2.2. The messages before it in the same direction are inflated
 * too, because it may copy from them.
 */
export function inflateOpened(state: DecodeState): InflatedDump | undefined {
  const { items, heads } = shownConnection(state) ?? { items: [], heads: [] };
  const { opened } = state;
  const from = items.at(opened)?.from;
  if (from === undefined) return undefined;
  const first = Math.max(0, opened - MAX_FRAMES_BACK);
  const isBegun = heads.some((head) => head.from === 'server') && first === 0;
  const limits = { ...SHOWN_LIMITS, maxOutputBytes: MAX_OUTPUT_BYTES };
  const inflater = new DirectionInflater(from, KEEPS_CONTEXT, isBegun, limits);
  for (let index = first; index <= opened; index++) {
    const item = items.at(index);
    if (item?.kind !== 'frame' || item.from !== from) continue;
    const header = decodeHeader(item.bytes, item.at);
    if (header === undefined) continue;
    const start = item.at + header.headerLength;
    const onTheWire = item.bytes.subarray(start, start + header.payloadLength);
    const ends = onTheWire.length === header.payloadLength;
    const payload = header.masked ? mask(onTheWire, header.maskingKey) : onTheWire;
    const { opcode, fin, rsv1 } = header;
    const inflated = inflater.take({ opcode, fin, rsv1, begins: true, ends, payload });
    if (index === opened) return inflated && dumpInflated(inflated);
  }
  return undefined;
}

/** What two sides most often agree on. If a sender forgets its window, nothing copies from it, and this is right as well. */
const KEEPS_CONTEXT = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: undefined,
  clientMaxWindowBits: undefined,
};
