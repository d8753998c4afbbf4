import { OPCODES } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';
import { escapeText, shorten } from '../../text/escape-text.ts';
import { escapeUnseen } from '../../text/quote-text.ts';
import { type LineOptions, linesOfMessage } from '../terminal/line-of-message.ts';
import type { TrafficMessage, WholeMessage } from './traffic-explainer.ts';

const MAX_TEXT_CHARACTERS = 60;
const MAX_HEX_BYTES = 20;

/**
 * The lines for a message of a recording, without the end of the last one; undefined for those that are not shown. What a peer
 * sent cannot control a terminal: every character that is not seen is escaped.
 */
export function formatTrafficMessage(message: TrafficMessage, options: LineOptions = {}): string | undefined {
  switch (message.type) {
    case 'message':
      return formatWholeMessage(message);
    case 'ending':
      return escapeUnseen(`            #${message.connection}    Why it ended: ${message.sentence}`);
    case 'note':
      return escapeUnseen(message.sentence);
    default:
      return linesOfMessage(message, options);
  }
}

function formatWholeMessage({
  connection,
  direction,
  timeMs,
  opcode,
  byteLength,
  payload,
  note,
}: WholeMessage): string {
  const time = `${timeMs.toFixed(1).padStart(7)} ms`;
  const arrow = direction === 'in' ? '→' : '←';
  const name = OPCODES[opcode]?.name ?? '';
  const { text, hex } = payload;
  const pairs = hex.match(/../g) ?? [];
  const bytes = `${pairs.slice(0, MAX_HEX_BYTES).join(' ')}${pairs.length > MAX_HEX_BYTES ? ' …' : ''}`;
  const shown = text === undefined ? bytes : `"${escapeText(shorten(text, MAX_TEXT_CHARACTERS))}"`;
  const content = byteLength === 0 ? '' : `: ${shown}`;
  const remark = note === undefined ? '' : ` (${escapeUnseen(note)})`;
  return `${time}  #${connection} ${arrow} message, ${name}, ${countBytes(byteLength)}${content}${remark}`;
}
