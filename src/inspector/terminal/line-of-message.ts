import { countBytes, countNoun } from '../../text/count.ts';
import { escapeText, shorten } from '../../text/escape-text.ts';
import { textOfHex } from '../../text/latin1.ts';
import { describeFrame, describeViolation } from '../frame/describe.ts';
import { formatTextDump } from '../frame/text-dump.ts';
import type { WireFrame, WireHandshake, WireMessage } from '../wire/wire.ts';

export interface LineOptions {
  /** Whether to use the colors of a terminal. */
  readonly color?: boolean;
  /** Whether to show every field of each frame, bit by bit, and the heads of the handshake whole. */
  readonly verbose?: boolean;
}

const GREEN = 32;
const CYAN = 36;
const RED = 31;
const DIM = 2;
const MAX_PAYLOAD_CHARACTERS = 60;
const TIME_COLUMNS = 10;

/**
 * Describes a message of a tap in one line for a terminal; a frame that breaks rules has a line for each of them. The peer's
 * text is escaped.
 *
 * @returns undefined for a message that is not shown: the chunks, whose frames are
 */
export function linesOfMessage(
  message: WireMessage,
  { color = false, verbose = false }: LineOptions = {},
): string | undefined {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  if (message.type === 'chunk') return undefined;
  const name = `#${message.connection}`;
  if (message.type === 'dropped')
    return paint(DIM, `${' '.repeat(TIME_COLUMNS)}  ${name}    ${countNoun(message.messages, 'message')} missing here`);
  if (message.type === 'ending') return `${' '.repeat(TIME_COLUMNS)}  ${name}    ${escapeText(message.sentence)}`;
  const time = paint(DIM, `${message.timeMs.toFixed(1).padStart(TIME_COLUMNS - 3)} ms`);
  switch (message.type) {
    case 'open': {
      const from = message.remote === '' ? '' : ` from ${escapeText(message.remote)}`;
      const over = message.http2 === undefined ? '' : `, in stream ${message.http2.stream} of HTTP/2`;
      return `${time}  ${name}    opened${message.path === '' ? '' : `: ${escapeText(message.path)}`}${from}${over}`;
    }
    case 'close': {
      const reason = message.reason === '' ? '' : `, "${escapeText(message.reason)}"`;
      return `${time}  ${name}    closed with ${message.closeCode}${reason}${message.clean ? '' : ', not clean'}`;
    }
    case 'gap': {
      const bytes = countBytes(message.byteLength ?? 0);
      const what =
        message.byteLength === undefined
          ? 'what came before is not in the recording'
          : message.why === 'missing'
            ? `${bytes} missing from the recording`
            : `${bytes} not read, because bytes before them are missing and no frame certainly begins in them`;
      return `${time}  ${name} ${arrowOf(message, paint)} ${paint(RED, `gap: ${what}`)}`;
    }
    case 'handshake':
      return `${time}  ${name} ${arrowOf(message, paint)} ${headOf(message, verbose)}`;
    case 'frame': {
      const line = `${time}  ${name} ${arrowOf(message, paint)} ${describeFrame(message)}${payloadOf(message)}`;
      if (verbose) return `${line}\n${formatTextDump(message, { offset: message.offset, color })}`;
      const rules = message.violations.map(
        (violation) => `\n${paint(RED, `  ! ${escapeText(describeViolation(violation))}`)}`,
      );
      return line + rules.join('');
    }
  }
}

function arrowOf(
  { direction }: { readonly direction: 'in' | 'out' },
  paint: (code: number, text: string) => string,
): string {
  return direction === 'in' ? paint(GREEN, '→') : paint(CYAN, '←');
}

function headOf({ hex }: WireHandshake, verbose: boolean): string {
  const [first = '', ...rest] = textOfHex(hex).trimEnd().split('\r\n');
  if (!verbose) return escapeText(first);
  return [first, ...rest.map((line) => `${' '.repeat(TIME_COLUMNS)}       ${line}`)].map(escapeText).join('\n');
}

function payloadOf({ payload, payloadLength, inflated }: WireFrame): string {
  if (inflated?.text !== undefined) return ` (inflated: ${shown(inflated.text)})`;
  const { text, hex } = payload;
  if (payloadLength === 0 || hex === '') return '';
  if (text !== undefined && text !== '') return `: ${shown(text)}`;
  const pairs = hex.match(/../g) ?? [];
  const first = pairs.slice(0, MAX_PAYLOAD_CHARACTERS / 3).join(' ');
  return `: ${first}${pairs.length > MAX_PAYLOAD_CHARACTERS / 3 ? ' …' : ''}`;
}

function shown(text: string): string {
  return `"${shorten(escapeText(shorten(text, MAX_PAYLOAD_CHARACTERS)), 2 * MAX_PAYLOAD_CHARACTERS)}"`;
}
