import './packing.css';
import { useId } from 'preact/hooks';
import { countBytes } from '../../text/count.ts';
import { PACKING_EXAMPLES } from './examples.ts';
import { MAX_TEXT_LENGTH, type PackingRow, WINDOW_BITS } from './model.ts';
import { type PackingFigure, usePacking } from './use-packing.ts';

interface Props {
  /** The compressed messages of the example, in hex. */
  readonly example: readonly string[];
}

/** The reader's own messages, compressed: which bytes were copied, and from where. RFC 7692 §7.2.1. */
export default function Packing({ example }: Props) {
  const figure = usePacking(example);
  const { request, isReady, view, problem } = figure;
  return (
    <div class="packing" data-forgets={request.forgets || undefined} aria-busy={!isReady}>
      <Choices figure={figure} />
      <ol class="packing-rows plain-list">
        {view.rows.map((row) => (
          <Row key={row.index} row={row} />
        ))}
      </ol>
      <Stepper figure={figure} />
      <p class="packing-said" role="status">
        {problem && `${problem} `}
        {view.said}
      </p>
      <p class="packing-total">{view.total}</p>
    </div>
  );
}

function Choices({ figure: { request, change } }: { readonly figure: PackingFigure }) {
  const id = useId();
  const example = PACKING_EXAMPLES.find(({ text }) => text === request.text);
  return (
    <div class="packing-form needs-js">
      <label for={`${id}-example`}>Begin with</label>
      <select
        id={`${id}-example`}
        value={example?.name ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const chosen = PACKING_EXAMPLES.find(({ name }) => name === value);
          if (chosen !== undefined) change({ text: chosen.text });
        }}
      >
        {example === undefined && <option value="">your own messages</option>}
        {PACKING_EXAMPLES.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <label for={`${id}-text`}>Your messages, one on each line</label>
      <textarea
        id={`${id}-text`}
        rows={4}
        spellcheck={false}
        autocomplete="off"
        maxLength={MAX_TEXT_LENGTH}
        value={request.text}
        onInput={(event) => change({ text: event.currentTarget.value })}
      />
      <label for={`${id}-window`}>Window</label>
      <select
        id={`${id}-window`}
        value={String(request.windowBits)}
        onChange={(event) => change({ windowBits: Number(event.currentTarget.value) })}
      >
        {WINDOW_BITS.map((bits) => (
          <option key={bits} value={String(bits)}>
            {countBytes(2 ** bits)} (max_window_bits={bits})
          </option>
        ))}
      </select>
      <label class="packing-forget">
        <input
          type="checkbox"
          checked={request.forgets}
          onChange={(event) => change({ forgets: event.currentTarget.checked })}
        />{' '}
        Forget the window after each message (no_context_takeover)
      </label>
    </div>
  );
}

function Row({ row }: { readonly row: PackingRow }) {
  const { index, plainLength, packedLength, longer, runs, bytes } = row;
  return (
    <li class="packing-row" data-longer={longer || undefined}>
      <p class="packing-size">
        <b>Message {index + 1}</b>{' '}
        <span>
          {countBytes(plainLength)} → {countBytes(packedLength)}
          {longer && ', longer than before'}
        </span>
      </p>
      <p class="packing-text">
        {runs.map(({ text, copied, part }, i) => (
          <span key={i} data-copied={copied || undefined} data-part={part}>
            {text}
          </span>
        ))}
      </p>
      <p class="packing-bytes">
        <span class="visually-hidden">On the wire: </span>
        {bytes.map(({ hex, at }, i) => (
          <span key={i}>
            <span data-part={at ? 'at' : undefined}>{hex}</span>{' '}
          </span>
        ))}
      </p>
    </li>
  );
}

function Stepper({ figure: { view, go } }: { readonly figure: PackingFigure }) {
  const id = useId();
  const { at, codeCount } = view;
  const last = Math.max(0, codeCount - 1);
  return (
    <div class="packing-step needs-js">
      <label for={id}>Step through the codes</label>
      <button type="button" aria-label="Previous code" disabled={at === 0} onClick={() => go(at - 1)}>
        ←
      </button>
      <input
        id={id}
        type="range"
        min={0}
        max={last}
        value={at}
        aria-valuetext={`code ${at + 1} of ${codeCount}`}
        onInput={(event) => go(Number(event.currentTarget.value))}
      />
      <button type="button" aria-label="Next code" disabled={at >= last} onClick={() => go(at + 1)}>
        →
      </button>
    </div>
  );
}
