import {
  type Effect,
  Endpoint,
  type EndpointEvent,
  encodeFrame,
  type Frame,
  type Limits,
  OPCODE,
} from '../src/protocol/index.ts';
import { encodeText } from '../src/text/utf8.ts';
import { bytesOf, hexOf, joined } from './bytes.ts';

/** The request of RFC 6455 §1.3, with its key. */
export const REQUEST = { host: 'server.example.com', target: '/chat', key: 'dGhlIHNhbXBsZSBub25jZQ==' } as const;

/** The masking key of RFC 6455 §5.7: a test needs no other, unless it is about masking keys. */
const MASKING_KEY = 0x37fa213d;

export function newServer(limits: Partial<Limits> = {}): Endpoint {
  return new Endpoint({ role: 'server', limits });
}

export function newClient(limits: Partial<Limits> = {}): Endpoint {
  return new Endpoint({ role: 'client', request: REQUEST, nextMaskingKey: () => MASKING_KEY, limits });
}

/** The bytes that effects want written, joined. */
export function written(effects: Iterable<Effect>): Uint8Array<ArrayBuffer> {
  return joined(...[...effects].flatMap((effect) => (effect.type === 'write' ? [effect.bytes] : [])));
}

/** The events among effects. */
export function events(effects: Iterable<Effect>): EndpointEvent[] {
  return [...effects].flatMap((effect) => (effect.type === 'event' ? [effect.event] : []));
}

/** Two ends whose opening handshake is done. */
export function openPair(limits: Partial<Limits> = {}): { readonly client: Endpoint; readonly server: Endpoint } {
  const [client, server] = [newClient(limits), newServer(limits)];
  const response = written(server.receive(written(client.connect())));
  events(client.receive(response));
  return { client, server };
}

/** A frame as a client sends it. */
export const fromClient = (frame: Omit<Frame, 'maskingKey'>): Uint8Array<ArrayBuffer> =>
  encodeFrame({ ...frame, maskingKey: MASKING_KEY }).slice();

/** A client's text frame. */
export const textFrame = (text: string, more: Partial<Frame> = {}) =>
  fromClient({ opcode: OPCODE.text, payload: encodeText(text), ...more });

/** A client's ping. */
export const pingFrame = (text: string) => fromClient({ opcode: OPCODE.ping, payload: encodeText(text) });

/** A client's close frame, its body given in hex. */
export const closeFrame = (hex: string) => fromClient({ opcode: OPCODE.close, payload: bytesOf(hex) });

/** Effects in short: what is written as hex, an event by its type. */
export function inShort(effects: Iterable<Effect>): string[] {
  return Array.from(effects, (effect) => {
    if (effect.type === 'write') return hexOf(effect.bytes);
    return effect.type === 'event' ? effect.event.type : effect.type;
  });
}
