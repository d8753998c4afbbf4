import { type FilteredFrame, parseFilter } from '../../inspector/list/filter.ts';
import { decodeHeader } from '../../protocol/framing/header.ts';
import { mask } from '../../protocol/framing/masking.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { decodeText } from '../../text/utf8.ts';
import type { FindItems } from './listing.ts';
import type { SourceItem } from './reading/source.ts';

/** Finds the items that pass a filter. Gaps never do. */
export const findItems: FindItems = (items, words) => {
  const filter = parseFilter(words);
  if ('problem' in filter) return filter;
  const { passes } = filter;
  let found = new Uint32Array(1024);
  let count = 0;
  for (let index = 0; index < items.length; index++) {
    const item = items.at(index);
    if (item === undefined || item.kind === 'gap' || !passes(filtered(item))) continue;
    if (count === found.length) {
      const longer = new Uint32Array(2 * count);
      longer.set(found);
      found = longer;
    }
    found[count++] = index;
  }
  return found.slice(0, count);
};

function filtered(item: Exclude<SourceItem, { kind: 'gap' }>): FilteredFrame {
  const direction = item.from === 'client' ? 'in' : 'out';
  if (item.kind === 'message') {
    const { opcode, byteLength, payload } = item;
    return { direction, opcode, payloadLength: byteLength, brokenRules: [], text: () => payload.text };
  }
  const { bytes, at, violations, inflated } = item;
  const header = decodeHeader(bytes, at);
  return {
    direction,
    opcode: header?.opcode ?? item.dump.opcode,
    payloadLength: header?.payloadLength ?? 0,
    brokenRules: violations.length === 0 ? NO_RULES : violations.map(({ rule }) => rule),
    text() {
      if (inflated !== undefined) return inflated.text ?? item.dump.payload.text;
      const start = at + (header?.headerLength ?? 0);
      const end = start + (header?.payloadLength ?? 0);
      // What is not a whole text is explained in full.
      if (header?.opcode !== OPCODE.text || header.rsv1 || end > bytes.length) return item.dump.payload.text;
      const payload = bytes.subarray(start, end);
      return decodeText(header.masked ? mask(payload, header.maskingKey) : payload);
    },
  };
}

const NO_RULES: readonly string[] = [];
