import type { Transport } from '../../companion/polling.ts';
import type { PollingResult, TransportResult } from '../../lab/polling/result.ts';
import { EVENT_BYTES } from '../../lab/polling/schedule.ts';
import {
  HTTP2_FRAME_HEADER,
  HTTP2_REPEATED_HEADER,
  HTTP2_REQUEST_PSEUDO_HEADERS,
  HTTP2_RESPONSE_PSEUDO_HEADERS,
  IP_AND_TCP,
  type Layers,
  packets,
  TLS_RECORD,
} from '../base/polling-cost/overhead.ts';

/** What one transport carried besides the events. What opened a stream, once, is not in it. */
export interface Overhead {
  /** Bytes of the whole run, and of one event. */
  readonly bytes: number;
  readonly perEvent: number;
  /** Bytes of one request and its answer; of one event, if it is pushed. */
  readonly perExchange: number;
}

/** The SSE block around an event: `data: ` and two line ends. */
const STREAM_BLOCK = 8;

/**
 * Measured bytes, and on top of them those of the layers that are switched on, which are computed: no server sees them at
 * its socket.
 */
export function overheadOf({ eventsMs, transports }: PollingResult, name: Transport, layers: Layers): Overhead {
  const result = transports[name];
  const exchanges = exchangesOf(name, result);
  const own = layers.http2 ? overHttp2(name, result) : measuredOverhead(result);
  const bytes = own + exchanges * layersPerExchange(name, result, own, layers);
  return { bytes, perEvent: bytes / eventsMs.length, perExchange: bytes / exchanges };
}

/** What the server counted, without the events. */
export function measuredOverhead({ bytes, payloadBytes }: TransportResult): number {
  return bytes.up + bytes.down - payloadBytes;
}

const isAsked = (name: Transport) => name === 'polling' || name === 'long-polling';

/** How often something went over the wire: a request and its answer, or an event. */
export function exchangesOf(name: Transport, { requests, exchanges }: TransportResult): number {
  return isAsked(name) ? requests : exchanges.length;
}

/** Headers that were sent before take a byte each: an estimate, as in chapter 1. RFC 7541 §6.1, RFC 9113 §4.1. */
function overHttp2(name: Transport, { requests, fields, exchanges }: TransportResult): number {
  if (name === 'websocket') return exchanges.length * (2 + HTTP2_FRAME_HEADER);
  if (name === 'events') return exchanges.length * (STREAM_BLOCK + HTTP2_FRAME_HEADER);
  const pseudo = HTTP2_REQUEST_PSEUDO_HEADERS + HTTP2_RESPONSE_PSEUDO_HEADERS;
  const heads = fields.up + fields.down + requests * pseudo;
  return heads * HTTP2_REPEATED_HEADER + requests * 3 * HTTP2_FRAME_HEADER;
}

/** A TLS record for each write, and a packet for each, with one more that acknowledges the last. */
function layersPerExchange(
  name: Transport,
  { payloadBytes, bytes, requests, exchanges }: TransportResult,
  own: number,
  { tls, tcp }: Layers,
) {
  const writes = isAsked(name) ? 2 : 1;
  const record = tls ? TLS_RECORD : 0;
  if (!tcp) return writes * record;
  const down = isAsked(name)
    ? packets(bytes.up / requests + record) + packets(bytes.down / requests + record)
    : packets((own + payloadBytes) / Math.max(exchanges.length, 1) + record);
  return writes * record + (down + 1) * IP_AND_TCP;
}

/** How the reader's users would use it. */
export interface Load {
  readonly clients: number;
  /** Messages to each client in a second. */
  readonly rate: number;
}

/**
 * Bytes a second for all clients together: the events, and what they cost beside that. Polling asks at its own pace,
 * whether there are messages or not. A long poll asks again after each answer.
 */
export function bandwidthOf(result: PollingResult, name: Transport, layers: Layers, { clients, rate }: Load): number {
  const { delayMs, pollMs } = result.settings;
  const { perExchange } = overheadOf(result, name, layers);
  const exchanges =
    name === 'polling'
      ? 1000 / (pollMs + 2 * delayMs)
      : name === 'long-polling' && delayMs > 0
        ? Math.min(rate, 1000 / (2 * delayMs))
        : rate;
  return clients * (exchanges * perExchange + rate * EVENT_BYTES);
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1.2 MB`, with two digits that matter; a unit is a thousand of the one before. */
export function formatBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
