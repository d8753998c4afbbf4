import { EXAMPLE_KEY } from '../protocol/handshake/head/example-heads.ts';
import {
  type Header,
  headerTokens,
  headerValues,
  type RequestHead,
  type ResponseHead,
} from '../protocol/handshake/head/head.ts';

/** A draft of the protocol that this project can still speak. */
export type Draft = 'hixie-75' | 'hixie-76' | 'hybi-10';

/** The value of Sec-WebSocket-Version from HyBi-08 to HyBi-10. RFC 6455 §11.6. */
export const HYBI_10_VERSION = '8';

/**
 * Tells from its headers which draft a request speaks.
 *
 * @returns undefined for RFC 6455, for a version between the drafts, and for a request that asks for no WebSocket
 */
export function draftOf(head: RequestHead): Draft | undefined {
  if (head.method !== 'GET' || !headerTokens(head, 'Upgrade').some((token) => token.toLowerCase() === 'websocket'))
    return undefined;
  const has = (name: string) => headerValues(head, name).length > 0;
  const version = headerValues(head, 'Sec-WebSocket-Version');
  if (version.length > 0) return version.length === 1 && version[0] === HYBI_10_VERSION ? 'hybi-10' : undefined;
  if (has('Sec-WebSocket-Key')) return undefined;
  return has('Sec-WebSocket-Key1') && has('Sec-WebSocket-Key2') ? 'hixie-76' : 'hixie-75';
}

/** What a client asks for, in any of the drafts. */
export interface DraftRequest {
  readonly host: string;
  /** Path and query. */
  readonly target: string;
  readonly origin: string;
  readonly subprotocol?: string | undefined;
}

/** The request of hixie-75: nothing in it is hard to guess. draft-hixie-thewebsocketprotocol-75 §4.1. */
export function hixie75Request({ host, target, origin, subprotocol }: DraftRequest): RequestHead {
  return get(target, [
    ...HIXIE_UPGRADE,
    { name: 'Host', value: host },
    { name: 'Origin', value: origin },
    ...named('WebSocket-Protocol', subprotocol),
  ]);
}

/** The request of hixie-76, which 8 more bytes follow. draft-hixie-thewebsocketprotocol-76 §4.1. */
export function hixie76Request(request: DraftRequest, key1: string, key2: string): RequestHead {
  const { host, target, origin, subprotocol } = request;
  return get(target, [
    ...HIXIE_UPGRADE,
    { name: 'Host', value: host },
    { name: 'Origin', value: origin },
    ...named('Sec-WebSocket-Protocol', subprotocol),
    { name: 'Sec-WebSocket-Key1', value: key1 },
    { name: 'Sec-WebSocket-Key2', value: key2 },
  ]);
}

/** The request of HyBi-10. draft-ietf-hybi-thewebsocketprotocol-10 §5.1. */
export function hybi10Request({ host, target, origin, subprotocol }: DraftRequest, key: string): RequestHead {
  return get(target, [
    { name: 'Host', value: host },
    { name: 'Upgrade', value: 'websocket' },
    { name: 'Connection', value: 'Upgrade' },
    { name: 'Sec-WebSocket-Key', value: key },
    { name: 'Sec-WebSocket-Origin', value: origin },
    ...named('Sec-WebSocket-Protocol', subprotocol),
    { name: 'Sec-WebSocket-Version', value: HYBI_10_VERSION },
  ]);
}

/** A server's answer in hixie-75. The client compares its first three lines byte for byte. */
export function hixie75Response(request: RequestHead, location: string): ResponseHead {
  return switching('Web Socket Protocol Handshake', [
    ...HIXIE_UPGRADE,
    ...copied(request, 'Origin', 'WebSocket-Origin'),
    { name: 'WebSocket-Location', value: location },
    ...copied(request, 'WebSocket-Protocol', 'WebSocket-Protocol'),
  ]);
}

/** A server's answer in hixie-76, which the 16 bytes of the challenge's answer follow. */
export function hixie76Response(request: RequestHead, location: string): ResponseHead {
  return switching('WebSocket Protocol Handshake', [
    ...HIXIE_UPGRADE,
    ...copied(request, 'Origin', 'Sec-WebSocket-Origin'),
    { name: 'Sec-WebSocket-Location', value: location },
    ...copied(request, 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Protocol'),
  ]);
}

/**
 * Rewrites a request of a draft as one of RFC 6455, so that it can be checked like one. A request of HyBi-10 differs in two
 * headers alone, the version and the name of the origin; the frames after it are the same. One of hixie-75 or hixie-76 gets
 * the key and the version that it lacks.
 */
export function asRfc6455({ headers, ...line }: RequestHead, draft: Draft): RequestHead {
  const kept = headers.map((header) => {
    const name = header.name.toLowerCase();
    if (name === 'sec-websocket-version') return { ...header, value: '13' };
    return name === 'sec-websocket-origin' ? { ...header, name: 'Origin' } : header;
  });
  return { ...line, headers: draft === 'hybi-10' ? kept : [...kept, ...MISSING_IN_HIXIE] };
}

const MISSING_IN_HIXIE: readonly Header[] = [
  { name: 'Sec-WebSocket-Key', value: EXAMPLE_KEY },
  { name: 'Sec-WebSocket-Version', value: '13' },
];

const HIXIE_UPGRADE: readonly Header[] = [
  { name: 'Upgrade', value: 'WebSocket' },
  { name: 'Connection', value: 'Upgrade' },
];

function get(target: string, headers: readonly Header[]): RequestHead {
  return { method: 'GET', target, httpVersion: '1.1', headers };
}

function switching(reasonPhrase: string, headers: readonly Header[]): ResponseHead {
  return { httpVersion: '1.1', httpStatus: 101, reasonPhrase, headers };
}

function named(name: string, value: string | undefined): Header[] {
  return value === undefined ? [] : [{ name, value }];
}

function copied(request: RequestHead, from: string, to: string): Header[] {
  return named(to, headerValues(request, from)[0]);
}
