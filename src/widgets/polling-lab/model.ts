import {
  DEFAULT_POLLING_SETTINGS,
  POLLING_BOUNDS,
  type PollingSettings,
  TRANSPORTS,
  type Transport,
} from '../../companion/polling.ts';
import type { PollingResult } from '../../lab/polling/result.ts';
import { simulatePolling } from '../../lab/polling/simulate.ts';
import { countBytes } from '../../text/count.ts';
import { formatRatio, type Layers } from '../base/polling-cost/overhead.ts';
import { endOf, windowOf } from './lanes.ts';
import { bandwidthOf, formatBytes, type Load, overheadOf } from './overhead.ts';
import { type LatencySummary, summarize } from './statistics.ts';

/** Where the numbers come from. */
export type Origin = 'example' | 'live' | 'simulated';

export interface LabState {
  readonly settings: PollingSettings;
  readonly phase: 'ready' | 'running';
  /** The number of events that have come, all transports together. */
  readonly came: number;
  readonly result: PollingResult;
  readonly origin: Origin;
  /** Why there is no new result; empty if all is well. */
  readonly problem: string;
  readonly layers: Layers;
  /** The transport whose time line is drawn above that of the WebSocket. */
  readonly shown: Transport;
  readonly fromMs: number;
  readonly load: Load;
}

export type LabAction =
  /** Without a companion, new settings are simulated at once. */
  | { readonly type: 'settings'; readonly settings: PollingSettings; readonly simulates: boolean }
  | { readonly type: 'start' }
  | { readonly type: 'came'; readonly events: number }
  | { readonly type: 'done'; readonly result: PollingResult }
  | { readonly type: 'fail'; readonly sentence: string }
  | { readonly type: 'stop' }
  | { readonly type: 'simulate' }
  | { readonly type: 'layer'; readonly layer: keyof Layers; readonly on: boolean }
  | { readonly type: 'show'; readonly transport: Transport }
  | { readonly type: 'from'; readonly ms: number }
  | { readonly type: 'load'; readonly load: Partial<Load> };

export const INITIAL_LAB: LabState = {
  settings: DEFAULT_POLLING_SETTINGS,
  phase: 'ready',
  came: 0,
  result: simulatePolling(DEFAULT_POLLING_SETTINGS),
  origin: 'example',
  problem: '',
  layers: { http2: false, tls: false, tcp: false },
  shown: 'long-polling',
  fromMs: 0,
  load: { clients: 10_000, rate: 1 },
};

export function reduceLab(state: LabState, action: LabAction): LabState {
  switch (action.type) {
    case 'settings': {
      const settings = clampSettings(action.settings);
      return action.simulates ? simulated({ ...state, settings }) : { ...state, settings };
    }
    case 'start':
      return { ...state, phase: 'running', came: 0, problem: '' };
    case 'came':
      return state.phase === 'running' ? { ...state, came: state.came + action.events } : state;
    case 'done':
      return state.phase === 'running'
        ? { ...state, phase: 'ready', result: action.result, origin: 'live', fromMs: 0 }
        : state;
    case 'fail':
      return state.phase === 'running' ? { ...state, phase: 'ready', problem: action.sentence } : state;
    case 'stop':
      return state.phase === 'running' ? { ...state, phase: 'ready', problem: 'You stopped the run.' } : state;
    case 'simulate':
      return simulated({ ...state, phase: 'ready' });
    case 'layer':
      return { ...state, layers: { ...state.layers, [action.layer]: action.on } };
    case 'show':
      return { ...state, shown: action.transport };
    case 'from':
      return { ...state, fromMs: Math.min(Math.max(action.ms, 0), lastStart(state.result)) };
    case 'load':
      return { ...state, load: { ...state.load, ...action.load } };
  }
}

function simulated(state: LabState): LabState {
  return { ...state, result: simulatePolling(state.settings), origin: 'simulated', problem: '', fromMs: 0 };
}

/** Where the last window of the time lines starts. */
export function lastStart(result: PollingResult): number {
  return Math.max(Math.ceil((endOf(result) - windowOf(result)) / 10) * 10, 0);
}

export function clampSettings(settings: PollingSettings): PollingSettings {
  const within = (name: keyof PollingSettings) => {
    const { min, max } = POLLING_BOUNDS[name];
    return Math.min(Math.max(Math.round(settings[name]), min), max);
  };
  return { delayMs: within('delayMs'), everyMs: within('everyMs'), pollMs: within('pollMs') };
}

export const TRANSPORT_NAMES: Readonly<Record<Transport, string>> = {
  polling: 'Polling',
  'long-polling': 'Long polling',
  events: 'Server-sent events',
  websocket: 'WebSocket',
};

/** One row of the results. */
export interface LabRow {
  readonly transport: Transport;
  readonly name: string;
  /** The number of requests; of a pushed stream, the one that opened it. */
  readonly requests: number;
  /** Overhead in bytes for each event, rounded. */
  readonly overhead: number;
  /** The same as a share of the largest. */
  readonly share: number;
  readonly latency: LatencySummary;
  readonly bandwidth: string;
}

export function presentRows({ result, layers, load }: LabState): LabRow[] {
  const overheads = TRANSPORTS.map((name) => overheadOf(result, name, layers).perEvent);
  const largest = Math.max(...overheads);
  return TRANSPORTS.map((transport, index) => ({
    transport,
    name: TRANSPORT_NAMES[transport],
    requests: transport === 'websocket' ? 1 : result.transports[transport].requests,
    overhead: Math.round(overheads[index] ?? 0),
    share: (overheads[index] ?? 0) / largest,
    latency: summarize(result.transports[transport].latenciesMs),
    bandwidth: formatBytes(bandwidthOf(result, transport, layers, load)),
  }));
}

/** A claim of 2011, the reader's own number, and what makes the difference. */
export interface Claim {
  readonly claim: string;
  readonly own: string;
  readonly why: string;
}

export function presentClaims({ result, layers }: LabState): Claim[] {
  const cost = (name: Transport) => overheadOf(result, name, layers);
  const asked = cost('long-polling').perExchange;
  const frame = cost('websocket').perExchange;
  const [polled, pushed] = (['long-polling', 'websocket'] as const).map((name) =>
    summarize(result.transports[name].latenciesMs),
  ) as [LatencySummary, LatencySummary];
  const isBusy = pushed.longest > 2 * pushed.median + 20;
  const busy = isBusy
    ? `Your machine was busy: even the WebSocket took up to ${Math.round(pushed.longest)} ms. Run it again. `
    : '';
  const wanted = Math.round(1000 * frame - asked);
  const counted = [layers.http2 && 'HTTP/2', layers.tls && 'TLS', layers.tcp && 'TCP and IP'].filter(Boolean);
  const extra = counted.length === 0 ? '' : `, with ${counted.join(', ')}`;
  return [
    {
      claim: '500:1 fewer bytes of headers',
      own: `${formatRatio(asked / frame)}: ${Math.round(asked)} bytes for a request and its answer, ${Math.round(frame)} for a frame${extra}`,
      why: 'The claim counted 2 bytes for a message in both directions. A frame from a client now has 6, because of its mask: that makes the ratio a third.',
    },
    {
      claim: '1000:1 with large headers',
      own: wanted > 0 ? `reached with ${countBytes(wanted)} of headers more, such as cookies` : 'reached by this run',
      why: 'It depends on the cookies alone. HTTP/2 sends a header that it has sent before as one byte, and then no cookie is long enough.',
    },
    {
      claim: '3:1 less latency',
      own: `${formatRatio(polled.mean / pushed.mean)} on average, ${formatRatio(polled.longest / pushed.median)} at worst: ${Math.round(polled.longest)} ms instead of ${Math.round(pushed.median)}`,
      why: `${busy}Three ways is the worst case of a long poll: an event that happens just after an answer has left. If events are rarer than a way there and back, the ratio is 1:1.`,
    },
  ];
}

/** What the numbers are, in a sentence. */
export function describeRun({ result, origin }: LabState): string {
  const { delayMs, everyMs, pollMs } = result.settings;
  const events = result.eventsMs.length;
  const how =
    origin === 'live'
      ? 'Measured at the companion’s sockets'
      : origin === 'simulated'
        ? 'Simulated'
        : 'A worked example';
  return `${how}: ${events} events, one every ${everyMs} ms on average, ${delayMs} ms each way, polled every ${pollMs} ms.`;
}

/** What a screen reader hears. */
export function announceRun(state: LabState): string {
  if (state.phase === 'running') return 'The run is going on.';
  const rows = presentRows(state).map(
    ({ name, overhead, latency }) => `${name}: ${overhead} bytes of overhead and ${Math.round(latency.median)} ms.`,
  );
  return `${describeRun(state)} ${rows.join(' ')}`;
}
