import { layoutOf, minimalLengthField } from '../../../protocol/framing/layout.ts';

/** The heads of one request and its response. Polling sends them again for every message. */
export interface Heads {
  readonly requestBytes: number;
  readonly requestHeaders: number;
  readonly responseBytes: number;
  readonly responseHeaders: number;
}

/** The layers to count, in addition to what HTTP/1.1 and WebSocket put before the payload. */
export interface Layers {
  readonly http2: boolean;
  readonly tls: boolean;
  readonly tcp: boolean;
}

/** One line of the sum: the overhead of one message, in bytes. */
export interface CostLine {
  readonly label: string;
  /** A request and its response. */
  readonly polling: number;
  /** A frame from the server, and one from the client. */
  readonly down: number;
  readonly up: number;
}

/** The overhead of one message, polled and pushed. */
export interface Cost {
  readonly lines: readonly CostLine[];
  readonly sum: CostLine;
  /** How many times as much overhead the polled message has. */
  readonly downRatio: number;
  readonly upRatio: number;
}

/** RFC 9113 §4.1: the header of an HTTP/2 frame. */
export const HTTP2_FRAME_HEADER = 9;
/** RFC 7541 §6.1: a header that was sent before takes one byte, its number in a table. */
export const HTTP2_REPEATED_HEADER = 1;
/** RFC 9113 §8.3: method, scheme, authority and path; and the status. */
export const HTTP2_REQUEST_PSEUDO_HEADERS = 4;
export const HTTP2_RESPONSE_PSEUDO_HEADERS = 1;
/** RFC 8446 §5.2: the record's header, its inner type, and the tag of the usual ciphers. */
export const TLS_RECORD = 5 + 1 + 16;
/** RFC 791 §3.1 and RFC 9293 §3.1, without options. */
export const IP_AND_TCP = 20 + 20;
/** The bytes that usually fit into one packet. RFC 9293 §3.7.1. */
const SEGMENT = 1460;

/** @param payloadLength of the message, in bytes */
export function costOf(heads: Heads, payloadLength: number, layers: Layers): Cost {
  const sizes = layers.http2 ? http2Heads(heads) : { request: heads.requestBytes, response: heads.responseBytes };
  const http2 = layers.http2 ? HTTP2_FRAME_HEADER : 0;
  const down = frameHeaderLength(payloadLength, false) + http2;
  const up = frameHeaderLength(payloadLength, true) + http2;
  const label = layers.http2 ? 'HTTP/2, if the headers were sent before' : 'HTTP/1.1 heads, or a frame’s header';
  const lines: CostLine[] = [{ label, polling: sizes.request + sizes.response, down, up }];
  const record = layers.tls ? TLS_RECORD : 0;
  if (layers.tls)
    lines.push({ label: 'TLS 1.3, one record for each head or frame', polling: 2 * record, down: record, up: record });
  if (layers.tcp) {
    // One more packet acknowledges the last one.
    const polled = packets(sizes.request + record) + packets(sizes.response + payloadLength + record) + 1;
    const pushed = (header: number) => (packets(header + payloadLength + record) + 1) * IP_AND_TCP;
    lines.push({ label: 'TCP and IP', polling: polled * IP_AND_TCP, down: pushed(down), up: pushed(up) });
  }
  const sum = lines.reduce((a, b) => ({
    label: 'total',
    polling: a.polling + b.polling,
    down: a.down + b.down,
    up: a.up + b.up,
  }));
  return { lines, sum, downRatio: sum.polling / sum.down, upRatio: sum.polling / sum.up };
}

/** RFC 6455 §5.2. */
export function frameHeaderLength(payloadLength: number, masked: boolean): number {
  return layoutOf(minimalLengthField(payloadLength) | (masked ? 0x80 : 0)).headerLength;
}

/** An estimate: headers that change, such as the date, take a few bytes more. RFC 7541. */
function http2Heads({ requestHeaders, responseHeaders }: Heads): { request: number; response: number } {
  const request = HTTP2_FRAME_HEADER + (requestHeaders + HTTP2_REQUEST_PSEUDO_HEADERS) * HTTP2_REPEATED_HEADER;
  const response = HTTP2_FRAME_HEADER + (responseHeaders + HTTP2_RESPONSE_PSEUDO_HEADERS) * HTTP2_REPEATED_HEADER;
  return { request, response: response + HTTP2_FRAME_HEADER };
}

/** The number of packets that carry some bytes: at least one. */
export function packets(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / SEGMENT));
}

/** `436:1`; a small ratio has one decimal. */
export function formatRatio(ratio: number): string {
  return `${ratio >= 20 ? Math.round(ratio) : ratio.toFixed(1)}:1`;
}
