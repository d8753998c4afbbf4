import { formatNumber } from '../../text/count.ts';
import './proxy-cache.css';
import { useId, useMemo, useReducer } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import {
  INITIAL_PROXY_CACHE,
  MODES,
  type ProxyCacheAction,
  type ProxyCacheState,
  parametersOfState,
  reduceProxyCache,
  STEP_COUNT,
  stateOfParameters,
} from './model.ts';
import { presentStory } from './present.ts';
import { StepScenes } from './StepScenes.tsx';

type Action = ProxyCacheAction | { readonly type: 'open'; readonly state: ProxyCacheState };

const reduce = (state: ProxyCacheState, action: Action): ProxyCacheState =>
  action.type === 'open' ? action.state : reduceProxyCache(state, action);

const TRIED_AT_ONCE = 1000;

/** A cache that takes a payload for a request, step by step; and what masking does to the story. RFC 6455 §10.3. */
export default function ProxyCache() {
  const id = useId();
  const [state, dispatch] = useReducer(reduce, INITIAL_PROXY_CACHE);
  const { write, problem } = useHashParameters((parameters) => {
    const linked = stateOfParameters(parameters);
    if (linked !== undefined) dispatch({ type: 'open', state: linked });
    return linked && sayIgnored(parameters, parametersOfState(linked));
  });
  const act = (action: ProxyCacheAction): void => {
    dispatch(action);
    write(parametersOfState(reduceProxyCache(state, action)));
  };
  const story = useMemo(() => presentStory(state), [state]);
  const { mode, step } = state;
  const drawKeys = (count: number): Uint32Array => crypto.getRandomValues(new Uint32Array(count));
  return (
    <div class="proxy-cache">
      <fieldset class="story-modes needs-js">
        <legend>The browser’s frames are</legend>
        {MODES.map((each) => (
          <label key={each.mode}>
            <input
              type="radio"
              name={`${id}-mode`}
              checked={mode === each.mode}
              onChange={() => act({ type: 'mode', mode: each.mode })}
            />
            {each.title}
          </label>
        ))}
      </fieldset>
      <p class="story-moves needs-js">
        <button type="button" disabled={step === 0} onClick={() => act({ type: 'step', step: step - 1 })}>
          Back
        </button>
        <button type="button" disabled={step === STEP_COUNT - 1} onClick={() => act({ type: 'step', step: step + 1 })}>
          Next step
        </button>
        {mode !== 'unmasked' && (
          <button type="button" onClick={() => act({ type: 'key', maskingKey: drawKeys(1)[0] as number })}>
            Send it with another key
          </button>
        )}
        {mode === 'fresh-key' && (
          <button type="button" onClick={() => act({ type: 'try', maskingKeys: drawKeys(TRIED_AT_ONCE) })}>
            Send it {formatNumber(TRIED_AT_ONCE)} times
          </button>
        )}
      </p>
      <p class="story-tried" role="status">
        {problem}
        {mode === 'fresh-key' &&
          state.tried > 0 &&
          `Sent with ${formatNumber(state.tried)} keys. The proxy saw a request ${state.believed === 1 ? 'once' : `${state.believed === 0 ? 'zero' : state.believed} times`}.`}
      </p>
      <ol class="story-steps">
        {story.map((each, index) => (
          <li key={index} data-current={index === step || undefined}>
            <h4>
              <button
                type="button"
                aria-expanded={index === step}
                aria-controls={`${id}-${index}`}
                onClick={() => act({ type: 'step', step: index })}
              >
                <span class="story-number">{index + 1}</span> {each.title}
              </button>
            </h4>
            <div class="story-step" id={`${id}-${index}`}>
              <StepScenes step={each} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
