import './stream-cut.css';
import { useId, useMemo, useState } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { parametersOfStream, streamOfParameters } from './address.ts';
import { STREAM_EXAMPLES } from './examples.ts';
import { changeStream, EXAMPLE_STREAM, exampleOf, presentStream, type StreamState } from './model.ts';
import { NAIVE_READERS, type NaiveName } from './naive-readers.ts';
import { ReadTable } from './ReadTable.tsx';

/** The same bytes, cut anywhere into reads: a naive parser and ours side by side. RFC 6455 §5, §6.2. */
export default function StreamCut() {
  const id = useId();
  const [state, setState] = useState(EXAMPLE_STREAM);
  const { write, problem } = useHashParameters((parameters) => {
    const linked = streamOfParameters(parameters);
    if (linked !== undefined) setState(linked);
    return linked && sayIgnored(parameters, parametersOfStream(linked));
  });
  const change = (part: Partial<StreamState>): void => {
    const next = changeStream(state, part);
    setState(next);
    write(parametersOfStream(next));
  };
  const view = useMemo(() => presentStream(state), [state]);
  const { length } = exampleOf(state).bytes;
  return (
    <div class="stream-cut">
      <div class="stream-form needs-js">
        <label for={`${id}-example`}>The client sends</label>
        <select
          id={`${id}-example`}
          value={state.example}
          onChange={(event) => change({ example: event.currentTarget.value })}
        >
          {STREAM_EXAMPLES.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <label for={`${id}-naive`}>The naive parser</label>
        <select
          id={`${id}-naive`}
          value={state.naive}
          onChange={(event) => change({ naive: event.currentTarget.value as NaiveName })}
        >
          {Object.entries(NAIVE_READERS).map(([name, { title }]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <label for={`${id}-cut`}>Where the first read ends</label>
        <span class="stream-slider">
          <input
            id={`${id}-cut`}
            type="range"
            min={0}
            max={length - 1}
            value={state.cut}
            disabled={state.single}
            aria-valuetext={cutText(state)}
            onInput={(event) => change({ cut: Number(event.currentTarget.value) })}
          />
          <output for={`${id}-cut`}>{cutText(state)}</output>
        </span>
        <label class="stream-single">
          <input
            type="checkbox"
            checked={state.single}
            onChange={(event) => change({ single: event.currentTarget.checked })}
          />{' '}
          one read for each byte
        </label>
      </div>
      <p class="stream-bytes" aria-label={`${length} bytes, ${cutText(state)}`} role="img">
        {view.bytes.map(({ index, hex, fieldClass, beginsFrame, beginsRead }) => (
          <span
            key={index}
            class={`stream-byte ${fieldClass}`}
            data-frame={beginsFrame || undefined}
            data-read={(beginsRead && index > 0) || undefined}
          >
            {hex}
          </span>
        ))}
      </p>
      <ReadTable view={view} problem={problem} naiveTitle={NAIVE_READERS[state.naive].title} />
    </div>
  );
}

function cutText({ cut, single }: StreamState): string {
  if (single) return 'each byte by itself';
  return cut === 0 ? 'all in one read' : `cut after byte ${cut}`;
}
