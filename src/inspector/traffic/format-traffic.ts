import { bytesOfHex } from '../../bytes/hex.ts';
import { decodeCloseBody } from '../../protocol/closing/close-body.ts';
import { OPCODE, OPCODES } from '../../protocol/framing/opcode.ts';
import { countBytes } from '../../text/count.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { escapeUnseen } from '../../text/quote-text.ts';
import { describeViolation } from '../frame/describe.ts';
import type { FrameDump } from '../frame/frame-dump.ts';
import type { TrafficMessage } from './traffic-explainer.ts';

const MAX_TEXT_CHARACTERS = 80;
const MAX_HEX_BYTES = 24;

/**
 * One line for a message, without its end; undefined for those that a list of frames does not show. What a peer sent cannot
 * control a terminal: every character that is not seen is escaped.
 */
export function formatTrafficLine(message: TrafficMessage): string | undefined {
  switch (message.type) {
    case 'open': {
      const from = message.remote === '' ? '' : ` from ${message.remote}`;
      const path = message.path === '' ? '' : `, path ${message.path}`;
      return line(message, `opened${from}${path}`);
    }
    case 'handshake': {
      const [first = ''] = decodeLatin1(bytesOfHex(message.hex)).split(/\r?\n/, 1);
      const what = message.direction === 'in' ? 'request' : 'response';
      return line(message, `${what} ${quote(first)}, ${countBytes(message.byteLength)}`);
    }
    case 'frame':
      return line(
        message,
        `${describeTrafficFrame(message)}${message.violations.map((found) => ` ✗ ${describeViolation(found)}`).join('')}`,
      );
    case 'message': {
      const name = OPCODES[message.opcode]?.name ?? '';
      const note = message.note === undefined ? '' : ` (${message.note})`;
      return line(message, `message, ${name} ${preview(message.payload, message.byteLength)}${note}`);
    }
    case 'gap': {
      if (message.byteLength === undefined) return line(message, 'gap: what came before is not in the recording');
      const bytes = countBytes(message.byteLength);
      return line(
        message,
        message.why === 'missing'
          ? `gap: ${bytes} missing from the recording`
          : `gap: ${bytes} not read, because bytes before them are missing and no frame certainly begins in them`,
      );
    }
    case 'close': {
      const { closeCode, reason, clean } = message;
      const why = reason === '' ? '' : ` ${quote(reason)}`;
      return line(message, `closed, ${closeCode}${why}, ${clean ? 'by both sides' : 'not cleanly'}`);
    }
    case 'dropped':
      return `  ${message.messages} earlier messages were dropped`;
    case 'ending':
      return escapeUnseen(`  Why it ended: ${message.sentence}`);
    case 'note':
      return escapeUnseen(message.sentence);
    case 'chunk':
      return undefined;
  }
}

interface Placed {
  readonly connection: number;
  readonly timeMs: number;
  readonly direction?: 'in' | 'out';
}

/** `#1    0.012 s →`: the connection, the time since it began, and the way, from the client to the server or back. */
function line({ connection, timeMs, direction }: Placed, what: string): string {
  const way = direction === undefined ? ' ' : direction === 'in' ? '→' : '←';
  const seconds = (timeMs / 1000).toFixed(3).padStart(8);
  return `#${connection} ${seconds} s ${way} ${escapeUnseen(what)}`;
}

function describeTrafficFrame(dump: FrameDump): string {
  const { opcode, fin, payloadLength, truncated, payload, inflated } = dump;
  const name = opcode === undefined ? 'frame' : (OPCODES[opcode]?.name ?? '');
  const length = Number(payloadLength ?? 0);
  const more = fin === false ? ', more fragments follow' : '';
  const cut = truncated ? `, of which ${countBytes(payload.hex.length / 2)} are here` : '';
  if (inflated !== undefined) {
    const packed = `compressed to ${countBytes(inflated.packedBytes)}`;
    const problem =
      inflated.ending === 'complete' && inflated.unknown.length === 0 ? '' : ', not all of it could be inflated';
    const { hex, text } = inflated;
    const shown = opcode === OPCODE.binary || text === undefined ? { hex } : { hex, text };
    return `${name} ${preview(shown, inflated.byteLength)}, ${packed}${problem}`;
  }
  if (opcode === OPCODE.close && payload.hex !== '' && !truncated) {
    const { closeCode, reason } = decodeCloseBody(bytesOfHex(payload.hex));
    return `close ${closeCode}${reason === '' ? '' : ` ${quote(reason)}`}${more}`;
  }
  return `${name} ${preview(payload, length)}${cut}${more}`;
}

/** `"Hello", 5 bytes`. */
function preview({ hex, text }: { readonly hex: string; readonly text?: string }, byteLength: number): string {
  const bytes = countBytes(byteLength);
  if (byteLength === 0) return 'empty';
  if (text !== undefined) {
    const shown = [...text.slice(0, 2 * MAX_TEXT_CHARACTERS)].slice(0, MAX_TEXT_CHARACTERS).join('');
    return `${quote(shown)}${shown.length < text.length ? '…' : ''}, ${bytes}`;
  }
  const shown = hex.slice(0, 2 * MAX_HEX_BYTES);
  return `${(shown.match(/../g) ?? []).join(' ')}${shown.length < hex.length ? ' …' : ''}, ${bytes}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
