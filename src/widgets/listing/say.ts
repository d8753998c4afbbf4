import { formatHexByte } from '../../bytes/hex.ts';
import { OPCODES } from '../../protocol/framing/opcode.ts';
import type { NaiveEvent } from '../../specimens/naive-server-2011.ts';
import { countBytes, countNoun } from '../../text/count.ts';
import { escapeText, shorten } from '../../text/escape-text.ts';

const MAX_TEXT = 40;
const MAX_HEX_BYTES = 12;
/** More events are summed up. */
const MAX_EVENTS = 4;

/** A message in a few words. */
export function showData(data: string | Uint8Array): string {
  if (typeof data === 'string') return data === '' ? 'an empty text' : `“${escapeText(shorten(data, MAX_TEXT))}”`;
  return data.length === 0 ? 'an empty message' : `a binary message of ${countBytes(data.length)}`;
}

/** Bytes in hex, with a space between two. */
export function formatSpacedHex(bytes: Uint8Array): string {
  return Array.from(bytes, formatHexByte).join(' ');
}

/** The first bytes in hex. */
export function showHex(bytes: Uint8Array): string {
  const shown = formatSpacedHex(bytes.subarray(0, MAX_HEX_BYTES));
  return bytes.length > MAX_HEX_BYTES ? `${shown} …` : shown;
}

/** What the listing did, a sentence for each event; many are summed up. */
export function sayEvents(all: readonly NaiveEvent[], withSession = false): string[] {
  const events = all.filter((event, i) => event.kind !== 'waits' || (i === all.length - 1 && !isDead(all)));
  const said = events
    .slice(0, MAX_EVENTS)
    .map((event) => sayEvent(event) + (withSession ? ` (${'AB'[event.session]})` : ''));
  if (events.length <= MAX_EVENTS) return said;
  const count = (kind: NaiveEvent['kind']) => events.filter((event) => event.kind === kind).length;
  const handed = `${countNoun(count('calls'), 'message')} to its handler`;
  return [...said, `in all, ${handed} and ${countNoun(count('drops'), 'frame')} dropped`];
}

/** Whether an exception has ended the connection. */
function isDead(events: readonly NaiveEvent[]): boolean {
  return events.some((event) => event.kind === 'raises');
}

function sayEvent(event: NaiveEvent): string {
  switch (event.kind) {
    case 'waits':
      return event.needed === undefined
        ? 'waits for the end of the head'
        : `waits: it has ${countBytes(event.held)} and wants ${countBytes(event.needed)}`;
    case 'opens':
      return `sets its state to open, for the path ${event.path}`;
    case 'calls':
      return `hands its handler ${showData(event.data)}`;
    case 'drops':
      return `drops ${countBytes(event.frameBytes)} as a frame with opcode ${event.opcode.toString(16).toUpperCase()}, ${OPCODES[event.opcode]?.name}`;
    case 'raises':
      return `raises ${event.error}, and nothing catches it`;
    case 'writes':
      return `sends ${countBytes(event.bytes.length)}: ${showHex(event.bytes)}`;
    case 'keeps':
      return `keeps ${countBytes(event.unsentBytes)} in its memory`;
    case 'swallows':
      return `cannot send ${countBytes(event.lostBytes)}, and says nothing`;
  }
}
