import { sameBytes } from '../../bytes/same-bytes.ts';
import './utf8-lane.css';
import { useId, useMemo, useReducer } from 'preact/hooks';
import { parseHexDigits } from '../../inspector/hex/hex-digits.ts';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { laneOfParameters, parametersOfLane } from './address.ts';
import { LANE_EXAMPLES } from './examples.ts';
import { Lane } from './Lane.tsx';
import { EXAMPLE_LANE, type LaneAction, type LaneState, presentLane, reduceLane } from './model.ts';
import type { CutBy } from './pieces.ts';

type Action = LaneAction | { readonly type: 'open'; readonly state: LaneState };

const reduce = (state: LaneState, action: Action): LaneState =>
  action.type === 'open' ? action.state : reduceLane(state, action);

/** Bytes as text, one by one: what the checker expects, and where it stops. RFC 6455 §8.1. */
export default function Utf8Lane() {
  const id = useId();
  const [state, dispatch] = useReducer(reduce, EXAMPLE_LANE);
  const { write, problem } = useHashParameters((parameters) => {
    const linked = laneOfParameters(parameters);
    if (linked !== undefined) dispatch({ type: 'open', state: linked });
    // Bytes that are none are said beside their field.
    return linked && sayIgnored(parameters, { ...parametersOfLane(linked), utf8: parameters.get('utf8') ?? '' });
  });
  const view = useMemo(() => presentLane(state), [state]);
  const act = (action: LaneAction): void => {
    dispatch(action);
    write(parametersOfLane(reduceLane(state, action)));
  };
  const type = (typed: string): void => {
    const parsed = parseHexDigits(typed);
    if ('problem' in parsed) act({ type: 'problem', typed, problem: parsed.problem.sentence });
    else act({ type: 'bytes', bytes: parsed.bytes, typed });
  };
  const chosen = LANE_EXAMPLES.find(({ bytes }) => sameBytes(bytes, state.bytes));
  return (
    <div class="utf8-lane">
      <div class="utf8-form needs-js">
        <label for={`${id}-example`}>Example</label>
        <select
          id={`${id}-example`}
          value={chosen?.name ?? ''}
          onChange={(event) => {
            const example = LANE_EXAMPLES.find(({ name }) => name === event.currentTarget.value);
            if (example !== undefined) act({ type: 'bytes', bytes: example.bytes });
          }}
        >
          <option value="">your own bytes</option>
          {LANE_EXAMPLES.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <label for={`${id}-hex`}>or your own bytes, in hex</label>
        <input
          id={`${id}-hex`}
          type="text"
          value={state.typed}
          aria-invalid={state.problem !== undefined}
          aria-describedby={`${id}-problem`}
          onInput={(event) => type(event.currentTarget.value)}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
        <p class="utf8-problem" id={`${id}-problem`} role="alert">
          {state.problem}
        </p>
        <label for={`${id}-cut`}>Cut after byte</label>
        <span class="utf8-cut">
          <input
            id={`${id}-cut`}
            type="range"
            min={0}
            max={Math.max(0, state.bytes.length - 1)}
            value={state.cut}
            aria-valuetext={state.cut === 0 ? 'not cut' : `after byte ${state.cut}`}
            onInput={(event) => act({ type: 'cut', cut: Number(event.currentTarget.value) })}
          />
          <output for={`${id}-cut`}>{state.cut === 0 ? 'not cut' : `byte ${state.cut}`}</output>
          <select
            aria-label="What cuts it"
            value={state.cutBy}
            onChange={(event) => act({ type: 'cutBy', cutBy: event.currentTarget.value as CutBy })}
          >
            <option value="fragment">into two fragments</option>
            <option value="read">into two TCP reads</option>
          </select>
        </span>
      </div>
      <Lane view={view} picked={state.picked} cutBy={state.cutBy} pick={(index) => act({ type: 'pick', index })} />
      <p class="verdict" data-tone={view.tone} role="status">
        {problem && `${problem} `}
        {view.verdict}
      </p>
      <div class="utf8-pieces">
        {view.pieces.map(({ title, hex, verdict, tone, alone }) => (
          <dl key={title}>
            <dt>{title}</dt>
            <dd>
              <code class="value">{hex}</code>
            </dd>
            <dt>Our receiver</dt>
            <dd data-tone={tone}>{verdict}</dd>
            <dt>Decoded by itself</dt>
            <dd>{alone}</dd>
          </dl>
        ))}
      </div>
    </div>
  );
}
