import { bytesOfHex } from '../../../bytes/hex.ts';
import type { WireClose, WireFrame, WireHandshake } from '../../../inspector/wire/wire.ts';
import { decodeCloseBody } from '../../../protocol/closing/close-body.ts';
import { OPCODE, OPCODES } from '../../../protocol/framing/opcode.ts';
import { countBytes } from '../../../text/count.ts';
import { escapeText, shorten } from '../../../text/escape-text.ts';
import { textOfHex } from '../../../text/latin1.ts';
import type { EndEntry, FrameEntry, HandshakeEntry, ScriptLine } from './entry.ts';

/** How much of a payload a row shows. */
const PREVIEW_CHARACTERS = 60;
const PREVIEW_BYTES = 16;

export function handshakeEntry(message: WireHandshake, id: number): HandshakeEntry {
  const { hex, byteLength, timeMs, direction } = message;
  const head = textOfHex(hex.slice(0, 400));
  const firstLine = escapeText(head.split('\r\n', 1)[0] ?? '');
  const fromClient = direction === 'in';
  return { kind: 'handshake', id, timeMs, fromClient, said: undefined, told: undefined, firstLine, byteLength, hex };
}

export function frameEntry(message: WireFrame, id: number): FrameEntry {
  const { hex, byteLength, timeMs, violations, payload, inflated, opcode = 0, fin = false } = message;
  const fromClient = message.direction === 'in';
  return {
    kind: 'frame',
    id,
    timeMs,
    fromClient,
    said: fromClient ? quietSaid(opcode) : undefined,
    told: fromClient ? undefined : quietTold(opcode, fin),
    opcode,
    opcodeName: OPCODES[opcode]?.name ?? '',
    fin,
    byteLength,
    hex,
    preview: previewOf(opcode, inflated ?? payload),
    text: payload.text !== undefined && opcode !== OPCODE.close,
    violations,
    ...(inflated && { inflated }),
  };
}

export function endEntry(message: WireClose, id: number): EndEntry {
  const { closeCode, clean, timeMs } = message;
  const how = clean ? 'a close frame went each way' : 'without both close frames';
  const sentence = `TCP ended: ${how}, ${closeCode}`;
  return { kind: 'end', id, timeMs, fromClient: false, said: undefined, told: undefined, sentence };
}

/** The line beside a client's frame until a call is matched to it: the browser sends some frames by itself. */
function quietSaid(opcode: number): ScriptLine | undefined {
  if (opcode === OPCODE.pong) return quiet('nothing: the browser answers pings by itself');
  if (opcode === OPCODE.ping) return quiet('nothing: JavaScript has no ping');
  if (opcode === OPCODE.close) return quiet('nothing: the browser answers the close by itself');
  return undefined;
}

/** The line beside a server's frame until an event is matched to it: many frames fire no event on the page. */
function quietTold(opcode: number, fin: boolean): ScriptLine | undefined {
  if (opcode === OPCODE.ping || opcode === OPCODE.pong)
    return quiet(`nothing: no page hears of a ${OPCODES[opcode]?.name}`);
  if (opcode === OPCODE.close) return quiet('nothing yet: TCP must end first');
  return fin ? undefined : quiet('nothing yet: more fragments follow');
}

function quiet(text: string): ScriptLine {
  return { text, quiet: true };
}

function previewOf(opcode: number, { hex, text }: WireFrame['payload']): string {
  if (opcode === OPCODE.close) {
    const { closeCode } = decodeCloseBody(bytesOfHex(hex.slice(0, 4)));
    return hex === '' ? 'no status code' : `${closeCode}${text === undefined ? '' : ` ${escapeText(text)}`}`;
  }
  if (text !== undefined) return shorten(escapeText(text.slice(0, PREVIEW_CHARACTERS * 2)), PREVIEW_CHARACTERS);
  const shown = hex.slice(0, PREVIEW_BYTES * 2).replace(/..(?=.)/g, '$& ');
  return hex.length > PREVIEW_BYTES * 2 ? `${shown} …` : shown;
}

/** `11 bytes`. */
export function sizeOf(entry: FrameEntry | HandshakeEntry): string {
  return countBytes(entry.byteLength);
}
