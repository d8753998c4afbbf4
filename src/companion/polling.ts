/**
 * The contract of the polling lab: the same events go to a page in four ways, and the server counts the bytes of each.
 *
 * The page opens {@link POLLING_PATH} as a WebSocket, orders a run and gets its id. With the id, it opens the four
 * transports: two answer HTTP requests, one is a stream of server-sent events, one a second WebSocket. The first WebSocket
 * stays open. The run ends with it.
 */

export { POLLING_PATH } from './paths.ts';

/** How events can get to a page, in the order in which the figures show them. */
export const TRANSPORTS = ['polling', 'long-polling', 'events', 'websocket'] as const;

export type Transport = (typeof TRANSPORTS)[number];

/** The parameters of a request: the run, the transport, and the number of events that the page already has. */
export const RUN_PARAMETER = 'run';
export const TRANSPORT_PARAMETER = 'by';
export const AFTER_PARAMETER = 'after';

/** 16 random bytes in base64url: a page that did not order the run cannot guess it. */
export const RUN_ID = /^[A-Za-z0-9_-]{22}$/;

/** What the reader chooses; all in milliseconds. */
export interface PollingSettings {
  /** How long everything takes from the page to the server, and how long from the server to the page. */
  readonly delayMs: number;
  /** The average time from one event to the next. */
  readonly everyMs: number;
  /** How long the page waits after an answer before it asks again. */
  readonly pollMs: number;
}

export const DEFAULT_POLLING_SETTINGS: PollingSettings = { delayMs: 50, everyMs: 150, pollMs: 500 };

export const POLLING_BOUNDS = {
  delayMs: { min: 0, max: 300 },
  everyMs: { min: 20, max: 1000 },
  pollMs: { min: 10, max: 3000 },
} as const satisfies Record<keyof PollingSettings, { readonly min: number; readonly max: number }>;

const SETTING_NAMES = ['delayMs', 'everyMs', 'pollMs'] as const;

/** The number of events of a run: as many as take about six seconds. */
export function countEvents({ everyMs }: Pick<PollingSettings, 'everyMs'>): number {
  return Math.min(Math.max(Math.round(6000 / everyMs), MIN_EVENTS), MAX_EVENTS);
}

const MIN_EVENTS = 8;
const MAX_EVENTS = 60;

/** The limit for one run; a run with the shortest interval makes about 600. */
export const MAX_POLLING_REQUESTS = 2000;

/** What a page sends. */
export type PollingOrder =
  | ({ readonly type: 'run' } & PollingSettings)
  /** Asks for the server's time, so that the page can compare the two clocks. */
  | { readonly type: 'clock' }
  /** The page has every event of every transport. */
  | { readonly type: 'done' };

export const MAX_POLLING_ORDER_BYTES = 512;

/** Bytes in both directions, as TCP carried them. */
export interface BothWays {
  readonly up: number;
  readonly down: number;
}

/** One answer of the server, or one event that it sent by itself. Times are on the server's clock. */
export interface PollingAnswer {
  /** When the request reached the server; undefined if there was none. */
  readonly arrivedMs: number | undefined;
  /** When the server had its answer, and sent it. */
  readonly answeredMs: number;
  /** The number of the first event that it carries, counted from 0, and how many it carries. */
  readonly first: number;
  readonly count: number;
}

/** What the server counted at the sockets of one transport. */
export interface TransportReport {
  /** What opened the stream, once: the head of the request and of the response. Nothing with polling. */
  readonly opening: BothWays;
  /** Everything after that. */
  readonly bytes: BothWays;
  /** The bytes of the events themselves, which are part of {@link bytes}. */
  readonly payloadBytes: number;
  /** The number of requests, and of all header fields in them and in their responses. */
  readonly requests: number;
  readonly fields: BothWays;
  readonly answers: readonly PollingAnswer[];
}

/** What the server counted in one run. */
export interface PollingReport {
  /** When each event happened, on the server's clock. */
  readonly eventsMs: readonly number[];
  readonly transports: Readonly<Record<Transport, TransportReport>>;
}

/** What the server sends. */
export type PollingMessage =
  | { readonly type: 'run'; readonly id: string }
  | { readonly type: 'clock'; readonly ms: number }
  /** All four transports are open, and the first event comes. */
  | { readonly type: 'started' }
  | { readonly type: 'report'; readonly report: PollingReport }
  | { readonly type: 'problem'; readonly sentence: string };

/** Reads an order. It can be anything. Never throws. */
export function parsePollingOrder(text: string): { readonly order: PollingOrder } | { readonly problem: string } {
  const value = parseRecord(text);
  const type = value?.['type'];
  if (type === 'clock' || type === 'done') return { order: { type } };
  if (value === undefined || type !== 'run') return { problem: 'The order is neither run, nor clock, nor done.' };
  for (const name of SETTING_NAMES) {
    const { min, max } = POLLING_BOUNDS[name];
    const number = value[name];
    if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > max)
      return { problem: `${name} must be a whole number from ${min} to ${max}.` };
  }
  const { delayMs, everyMs, pollMs } = value as unknown as PollingSettings;
  return { order: { type, delayMs, everyMs, pollMs } };
}

/** Reads a message of the server. It can be anything, because another program might listen on the port. Never throws. */
export function parsePollingMessage(text: string): { readonly message: PollingMessage } | { readonly problem: string } {
  const problem = { problem: 'The companion sent something that is not a message of the polling lab.' };
  const value = parseRecord(text);
  if (value === undefined) return problem;
  const { type, id, ms, sentence, report } = value;
  if (type === 'started') return { message: { type } };
  if (type === 'run' && typeof id === 'string' && RUN_ID.test(id)) return { message: { type, id } };
  if (type === 'clock' && isNumber(ms)) return { message: { type, ms } };
  if (type === 'problem' && typeof sentence === 'string') return { message: { type, sentence } };
  if (type === 'report' && isReport(report)) return { message: { type, report } };
  return problem;
}

function isReport(value: unknown): value is PollingReport {
  if (!isRecord(value) || !isListOf(value['eventsMs'], MAX_EVENTS, isNumber)) return false;
  const { transports } = value;
  return isRecord(transports) && TRANSPORTS.every((name) => isTransportReport(transports[name]));
}

function isTransportReport(value: unknown): value is TransportReport {
  if (!isRecord(value)) return false;
  const { opening, bytes, fields, payloadBytes, requests, answers } = value;
  if (![opening, bytes, fields].every(isBothWays) || !isNumber(payloadBytes) || !isNumber(requests)) return false;
  return isListOf(answers, MAX_POLLING_REQUESTS, isAnswer);
}

function isAnswer(value: unknown): value is PollingAnswer {
  if (!isRecord(value)) return false;
  const { arrivedMs, answeredMs, first, count } = value;
  return (arrivedMs === undefined || isNumber(arrivedMs)) && [answeredMs, first, count].every(isNumber);
}

function isBothWays(value: unknown): value is BothWays {
  return isRecord(value) && isNumber(value['up']) && isNumber(value['down']);
}

function isListOf(value: unknown, max: number, isOne: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= max && value.every(isOne);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
