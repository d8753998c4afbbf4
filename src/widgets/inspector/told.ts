import { quote } from '../../inspector/escape-text.ts';
import { countBytes } from '../../inspector/frame/field-meaning.ts';
import type { WireMessage } from '../../inspector/wire/wire.ts';
import type { EndpointEvent } from '../../protocol/endpoint/effects.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { decodeText } from '../../protocol/utf8.ts';
import type { SourceEvent, ToldClose } from '../base/source/source.ts';

/** How a page reads of an open connection. */
export const TOLD_OPEN: SourceEvent = { type: 'told', topic: 'open', event: 'onopen' };

/** How a page reads of a message: its data is a text, or a buffer. */
export function toldMessage(data: string | { readonly byteLength: number }): SourceEvent {
  const shown = typeof data === 'string' ? quote(data) : `ArrayBuffer, ${countBytes(data.byteLength)}`;
  return { type: 'told', topic: 'message', event: `onmessage: ${shown}` };
}

/** How a page reads of the end. */
export function toldClose({ code, reason: text, wasClean }: ToldClose): SourceEvent {
  const close = { code, reason: text, wasClean };
  const reason = close.reason === '' ? '' : ` ${quote(close.reason)}`;
  const unclean = close.wasClean ? '' : ', not clean';
  return { type: 'told', topic: 'close', event: `onclose: ${close.code}${reason}${unclean}`, close };
}

/** What a browser would tell its page of an endpoint's event: of pings and pongs, nothing. */
export function toldOf(event: EndpointEvent): SourceEvent[] {
  if (event.type === 'open') return [TOLD_OPEN];
  if (event.type === 'message') {
    return [toldMessage(event.opcode === OPCODE.text ? (decodeText(event.payload) ?? '') : event.payload)];
  }
  if (event.type !== 'close') return [];
  return [toldClose({ code: event.closeCode, reason: event.reason, wasClean: event.clean })];
}

export function wire(messages: readonly WireMessage[]): SourceEvent[] {
  return messages.map((message) => ({ type: 'wire', message }));
}
