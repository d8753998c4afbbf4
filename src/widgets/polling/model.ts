import type { Link } from '../base/link/link.ts';
import { type Cost, costOf, type Heads, type Layers } from '../base/polling-cost/overhead.ts';
import type { SourceEvent } from '../base/source/source.ts';
import { EXAMPLE_HEADS, headsOf } from './heads.ts';

/** What the figure of the bytes remembers. */
export interface OverheadState {
  readonly link: Link;
  readonly events: readonly SourceEvent[];
  readonly heads: Heads;
  /** Whether the heads are those of a connection, not of the example. */
  readonly measured: boolean;
  /** More bytes in each request than it was measured to have. */
  readonly cookieBytes: number;
  readonly layers: Layers;
}

export type OverheadAction =
  | { readonly type: 'link'; readonly link: Link }
  | { readonly type: 'happened'; readonly events: readonly SourceEvent[] }
  | { readonly type: 'cookies'; readonly bytes: number }
  /** Those that are named are counted, and no other. */
  | { readonly type: 'layers'; readonly named: readonly string[] };

export const LAYER_NAMES = ['http2', 'tls', 'tcp'] as const satisfies readonly (keyof Layers)[];

/** The names of the layers after one of them was switched. */
export function switchLayer(layers: Layers, layer: keyof Layers): string[] {
  return LAYER_NAMES.filter((name) => layers[name] !== (name === layer));
}

export const MAX_COOKIE_BYTES = 2000;
/** The claims were made of messages as short as this. */
export const PAYLOAD_LENGTH = 20;

export const INITIAL_OVERHEAD: OverheadState = {
  link: { state: 'example' },
  events: [],
  heads: EXAMPLE_HEADS,
  measured: false,
  cookieBytes: 0,
  layers: { http2: false, tls: false, tcp: false },
};

export function reduceOverhead(state: OverheadState, action: OverheadAction): OverheadState {
  switch (action.type) {
    case 'link': {
      const starts = action.link.state === 'live' || action.link.state === 'simulated';
      return { ...state, link: action.link, events: starts ? [] : state.events };
    }
    case 'happened': {
      const events = [...state.events, ...action.events];
      const heads = headsOf(events);
      return heads === undefined ? { ...state, events } : { ...state, events, heads, measured: true };
    }
    case 'cookies':
      return { ...state, cookieBytes: Math.min(Math.max(Math.round(action.bytes), 0), MAX_COOKIE_BYTES) };
    case 'layers': {
      const [http2, tls, tcp] = LAYER_NAMES.map((name) => action.named.includes(name)) as [boolean, boolean, boolean];
      return { ...state, layers: { http2, tls, tcp } };
    }
  }
}

export function presentCost({ heads, cookieBytes, layers }: OverheadState): Cost {
  const withCookies = { ...heads, requestBytes: heads.requestBytes + cookieBytes };
  return costOf(withCookies, PAYLOAD_LENGTH, layers);
}
