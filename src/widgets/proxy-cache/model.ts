import { findRequest } from './naive-proxy.ts';
import { clientFrame, type Mode } from './story-bytes.ts';

/** What the figure remembers. */
export interface ProxyCacheState {
  readonly mode: Mode;
  /** Counted from 0. */
  readonly step: number;
  /** The masking-key of the page's message. */
  readonly maskingKey: number;
  /** How many keys were tried, and with how many of them the proxy believed to see a request. */
  readonly tried: number;
  readonly believed: number;
}

export type ProxyCacheAction =
  | { readonly type: 'mode'; readonly mode: Mode }
  | { readonly type: 'step'; readonly step: number }
  | { readonly type: 'key'; readonly maskingKey: number }
  /** The message is sent once with each key. */
  | { readonly type: 'try'; readonly maskingKeys: Uint32Array };

export const MODES: readonly { readonly mode: Mode; readonly title: string }[] = [
  { mode: 'unmasked', title: 'not masked' },
  { mode: 'fresh-key', title: 'masked with a fresh key' },
  { mode: 'known-key', title: 'masked with a key that the page knows' },
];

export const STEP_COUNT = 6;

/** The step at which the proxy reads what the page has sent. */
export const PROXY_READS = 2;

/** The key that the RFC masks its own examples with. RFC 6455 §5.7. */
const EXAMPLE_KEY = 0x37fa213d;

export const INITIAL_PROXY_CACHE: ProxyCacheState = {
  mode: 'unmasked',
  step: PROXY_READS,
  maskingKey: EXAMPLE_KEY,
  tried: 0,
  believed: 0,
};

export function reduceProxyCache(state: ProxyCacheState, action: ProxyCacheAction): ProxyCacheState {
  switch (action.type) {
    case 'mode':
      return { ...state, mode: action.mode };
    case 'step':
      return { ...state, step: Number.isInteger(action.step) ? Math.max(0, Math.min(action.step, STEP_COUNT - 1)) : 0 };
    case 'key':
      return { ...state, maskingKey: action.maskingKey };
    case 'try': {
      const believed = action.maskingKeys.filter((key) => findRequest(clientFrame('fresh-key', key)) !== undefined);
      return {
        ...state,
        maskingKey: action.maskingKeys.at(-1) ?? state.maskingKey,
        tried: state.tried + action.maskingKeys.length,
        believed: state.believed + believed.length,
      };
    }
  }
}

const HEX_KEY = /^[0-9a-f]{8}$/;

/** Reads `cache=fresh-key&cache-step=3&cache-key=37fa213d`; undefined where the address says nothing of the story. */
export function stateOfParameters(parameters: URLSearchParams): ProxyCacheState | undefined {
  const named = parameters.get('cache');
  if (named === null) return undefined;
  const mode = MODES.find((each) => each.mode === named)?.mode ?? INITIAL_PROXY_CACHE.mode;
  const step = Number(parameters.get('cache-step') ?? PROXY_READS + 1) - 1;
  const key = parameters.get('cache-key') ?? '';
  const maskingKey = HEX_KEY.test(key) ? Number.parseInt(key, 16) : EXAMPLE_KEY;
  return reduceProxyCache({ ...INITIAL_PROXY_CACHE, mode, maskingKey }, { type: 'step', step });
}

/** What the address says of the story; steps are counted from 1 there, as the reader sees them. */
export function parametersOfState({ mode, step, maskingKey }: ProxyCacheState): Readonly<Record<string, string>> {
  return { cache: mode, 'cache-step': String(step + 1), 'cache-key': maskingKey.toString(16).padStart(8, '0') };
}
