import type { WireMessage } from '../../../inspector/wire/wire.ts';
import type { EndpointEvent } from '../../../protocol/endpoint/effects.ts';
import { OPCODE } from '../../../protocol/framing/opcode.ts';
import { countBytes } from '../../../text/count.ts';
import { quote } from '../../../text/escape-text.ts';
import { decodeText } from '../../../text/utf8.ts';
import type { CloseEventData, SourceEvent } from './source.ts';

/** An event that a WebSocket object fires on its page. */
export type PageEvent =
  | { readonly event: 'open' }
  | { readonly event: 'message'; readonly data: string | Uint8Array }
  | ({ readonly event: 'close' } & CloseEventData);

/** What a browser tells its page of an endpoint's event: of pings and pongs, nothing. WHATWG WebSockets. */
export function pageEventsOf(event: EndpointEvent): PageEvent[] {
  if (event.type === 'open') return [{ event: 'open' }];
  if (event.type === 'message') {
    const data = event.opcode === OPCODE.text ? (decodeText(event.payload) ?? '') : event.payload;
    return [{ event: 'message', data }];
  }
  if (event.type !== 'close') return [];
  return [{ event: 'close', code: event.closeCode, reason: event.reason, wasClean: event.clean }];
}

/** The same as lines of JavaScript. */
export function scriptEventsOf(event: EndpointEvent): SourceEvent[] {
  return pageEventsOf(event).map((each) => {
    if (each.event === 'open') return OPEN_EVENT;
    return each.event === 'message' ? messageEvent(each.data) : closeEvent(each);
  });
}

/** The line for an open connection. */
export const OPEN_EVENT: SourceEvent = { type: 'told', topic: 'open', event: 'onopen' };

/** The line for a message, whose data is a text or a buffer. */
export function messageEvent(data: string | { readonly byteLength: number }): SourceEvent {
  const shown = typeof data === 'string' ? quote(data) : `ArrayBuffer, ${countBytes(data.byteLength)}`;
  return { type: 'told', topic: 'message', event: `onmessage: ${shown}` };
}

/** The line for the end of a connection. */
export function closeEvent({ code, reason, wasClean }: CloseEventData): SourceEvent {
  const words = reason === '' ? '' : ` ${quote(reason)}`;
  const unclean = wasClean ? '' : ', not clean';
  const close = { code, reason, wasClean };
  return { type: 'told', topic: 'close', event: `onclose: ${code}${words}${unclean}`, close };
}

export function wire(messages: readonly WireMessage[]): SourceEvent[] {
  return messages.map((message) => ({ type: 'wire', message }));
}
