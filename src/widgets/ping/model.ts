import { formatHex } from '../../bytes/hex.ts';
import { MAX_CONTROL_PAYLOAD_LENGTH } from '../../protocol/framing/layout.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { FRAMING_RULES } from '../../protocol/framing/rules.ts';
import { countNoun } from '../../text/count.ts';
import { escapeText } from '../../text/escape-text.ts';
import { encodeText } from '../../text/utf8.ts';
import { type FrameWords, wordsOf } from '../base/lab-source/frames.ts';
import type { SourceEvent } from '../base/source/source.ts';

/** One frame of the wire, and what JavaScript had to do with it: nothing. */
export interface PingRow extends FrameWords {
  readonly timeMs: number;
  /** Of a pong that answers a ping: the milliseconds since that ping, as the server's end saw them. */
  readonly roundTripMs: number | undefined;
  readonly said: string;
}

/** What the figure remembers. */
export interface PingState {
  readonly rows: readonly PingRow[];
  /** The pings that no pong has answered yet. */
  readonly waiting: readonly { readonly timeMs: number; readonly payload: string }[];
  /** How many events the page's script was told of since the connection opened. */
  readonly told: number;
  readonly shown: 'example' | 'run';
  readonly opened: number | undefined;
  readonly ended: string | undefined;
}

export type PingAction =
  | { readonly type: 'happened'; readonly events: readonly SourceEvent[] }
  | { readonly type: 'open'; readonly row: number }
  | { readonly type: 'clear' };

/** More rows than a reader looks at; the oldest go first. */
const MAX_ROWS = 60;
/** How many pings the third button asks for. */
export const PINGS_IN_A_ROW = 10;
export const EXAMPLE_PAYLOAD = 'Hi';

const EMPTY: PingState = { rows: [], waiting: [], told: 0, shown: 'run', opened: undefined, ended: undefined };

export function initialPing(example: readonly SourceEvent[]): PingState {
  return { ...happened(EMPTY, example), shown: 'example' };
}

export function reducePing(state: PingState, action: PingAction): PingState {
  switch (action.type) {
    case 'happened':
      return happened(state.shown === 'example' ? EMPTY : state, action.events);
    case 'open':
      return { ...state, opened: state.opened === action.row ? undefined : action.row };
    case 'clear':
      return { ...EMPTY, told: state.told };
  }
}

function happened(before: PingState, events: readonly SourceEvent[]): PingState {
  return events.reduce(take, before);
}

function take(state: PingState, event: SourceEvent): PingState {
  if (event.type === 'told') {
    if (event.topic === 'close') return { ...state, ended: event.event };
    return event.topic === 'message' ? { ...state, told: state.told + 1 } : { ...state, ended: undefined };
  }
  if (event.type !== 'wire' || event.message.type !== 'frame') return state;
  const { message } = event;
  const words = wordsOf(message);
  // The order to the lab is no part of what is shown: it is how the page asks for the ping.
  if (words.fromClient && words.opcode === OPCODE.text) return state;
  const payload = message.payload.hex;
  const row = { ...words, timeMs: message.timeMs, said: saidOf(words) };
  const rows = (roundTripMs: number | undefined) => [...state.rows, { ...row, roundTripMs }].slice(-MAX_ROWS);
  if (words.opcode === OPCODE.ping && !words.fromClient) {
    return { ...state, rows: rows(undefined), waiting: [...state.waiting, { timeMs: message.timeMs, payload }] };
  }
  if (words.opcode !== OPCODE.pong || !words.fromClient) return { ...state, rows: rows(undefined) };
  // §5.5.3: a pong may answer the latest ping only; then those before it are answered as well.
  const answered = state.waiting.findIndex((ping) => ping.payload === payload);
  const ping = state.waiting[answered];
  const roundTripMs = ping === undefined ? undefined : message.timeMs - ping.timeMs;
  return { ...state, rows: rows(roundTripMs), waiting: state.waiting.slice(answered + 1) };
}

function saidOf({ fromClient, opcode }: FrameWords): string {
  if (!fromClient) return 'nothing';
  return opcode === OPCODE.pong ? 'nothing: the browser answers by itself' : 'nothing: the browser sends it by itself';
}

/** What a payload typed as text comes to. RFC 6455 §5.5. */
export interface PingDraft {
  readonly byteLength: number;
  /** Undefined where it fits. */
  readonly refusal: string | undefined;
  /** The order to the lab. */
  readonly hex: string;
}

export function draftOf(text: string): PingDraft {
  const bytes = encodeText(text);
  const over = bytes.length - MAX_CONTROL_PAYLOAD_LENGTH;
  const refusal =
    over <= 0
      ? undefined
      : `${bytes.length} bytes of UTF-8: ${over} too many. ${FRAMING_RULES.controlFrameTooLong.requirement} RFC 6455 §${FRAMING_RULES.controlFrameTooLong.section}.`;
  return { byteLength: bytes.length, refusal, hex: formatHex(bytes) };
}

/** The orders that a button stands for; the payloads of many pings are numbered. */
export function ordersOf(button: 'ping' | 'pong' | 'many', draft: PingDraft): string[] {
  if (draft.refusal !== undefined) return [];
  if (button === 'ping') return [`ping ${draft.hex}`];
  if (button === 'pong') return [`unsolicited-pong ${draft.hex}`];
  return Array.from({ length: PINGS_IN_A_ROW }, (_, i) => `ping ${formatHex(encodeText(String(i + 1)))}`);
}

/** What the rows come to, in one sentence. */
export function summarizePings({ rows, told, waiting, ended }: PingState): string {
  const count = (opcode: number, fromClient: boolean): number =>
    rows.filter((row) => row.opcode === opcode && row.fromClient === fromClient).length;
  const times = rows.flatMap(({ roundTripMs }) => roundTripMs ?? []).toSorted((a, b) => a - b);
  const median = times[Math.floor((times.length - 1) / 2)];
  return [
    `${countNoun(count(OPCODE.ping, false), 'ping')} from the server, ${countNoun(count(OPCODE.pong, true), 'pong')} from the browser.`,
    ...(median === undefined ? [] : [`Round trip: ${median.toFixed(1)} ms${times.length > 1 ? ', the median' : ''}.`]),
    ...(waiting.length === 0 ? [] : [`${countNoun(waiting.length, 'ping')} not answered so far.`]),
    `JavaScript heard ${told === 0 ? 'nothing' : `of ${countNoun(told, 'message')}`}.`,
    ...(ended === undefined
      ? []
      : [`The connection has ended (${escapeText(ended)}). The next button opens a new one.`]),
  ].join(' ');
}
