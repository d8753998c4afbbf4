import './echo-path.css';
import { useId, useMemo, useReducer, useState } from 'preact/hooks';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { useOwnFrames } from '../base/own-frames/use-own-frames.ts';
import {
  countSteps,
  type EchoAction,
  type EchoState,
  initialEcho,
  lengthOf,
  readsOf,
  reduceEcho,
  rowsOf,
  type StepRow,
  sayStep,
} from './model.ts';

interface Props {
  /** The RFC's own frame, in hex. */
  readonly example: string;
  readonly text: string;
}

const MAX_TEXT_LENGTH = 60;

/** One message on its way through the server: each function, and the state after it. */
export default function EchoPath({ example, text: first }: Props) {
  const [state, dispatch] = useReducer(reduceEcho, example, initialEcho);
  const [text, setText] = useState(first);
  const { frames, keeper, link } = useOwnFrames(
    ({ bytes, origin, sender }) => sender === 'client' && dispatch({ type: 'frame', bytes, origin }),
    { text: first, as: 'text' },
  );
  const reads = useMemo(() => readsOf(state), [state.frame, state.cut]);
  const id = useId();
  return (
    <section class="figure wide echo-path" aria-labelledby={`${id}-title`} data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id={`${id}-title`}>
          One message through the server
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body">
        <form
          class="echo-form needs-js"
          onSubmit={(event) => {
            event.preventDefault();
            frames.send({ text, as: 'text' }, keeper.source);
          }}
        >
          <label for={`${id}-text`}>Your message</label>
          <input
            id={`${id}-text`}
            type="text"
            autocomplete="off"
            spellcheck={false}
            maxLength={MAX_TEXT_LENGTH}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit">Send</button>
        </form>
        <Controls state={state} steps={countSteps(reads)} dispatch={dispatch} />
        <p class="visually-hidden" role="status">
          {sayStep(reads, state.at)}
        </p>
        {reads.map(({ byteLength }, read) => (
          <section key={read} class="echo-read" aria-label={`Read ${read + 1}`}>
            {reads.length > 1 && (
              <p class="echo-name">
                Read {read + 1}, {byteLength} of {lengthOf(state)} bytes
              </p>
            )}
            <ol class="echo-steps plain-list" start={(rowsOf(reads, read)[0]?.index ?? 0) + 1}>
              {rowsOf(reads, read).map((row) => (
                <Row key={row.index} row={row} at={row.index === state.at} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      <LinkNote
        link={link}
        look={() => void keeper.retry(link)}
        simulate={() => keeper.simulate()}
        example="The RFC’s own frame (§5.7). With JavaScript on, your browser sends your own message."
        live="The frame is your browser’s own. It went to the companion, which echoed it. The functions marked with a filled dot ran once more, in this page, on the same bytes."
        simulated="The frame is made in this page. The functions marked with a filled dot are the server’s own, and ran here."
      />
    </section>
  );
}

interface ControlsProps {
  readonly state: EchoState;
  readonly steps: number;
  readonly dispatch: (action: EchoAction) => void;
}

function Controls({ state, steps, dispatch }: ControlsProps) {
  const id = useId();
  const { at, cut } = state;
  const last = lengthOf(state) - 1;
  return (
    <div class="echo-controls needs-js">
      <label for={`${id}-cut`}>
        {cut === 0 ? 'The frame arrives in one read' : `The first read ends after ${cut} of ${last + 1} bytes`}
      </label>
      <input
        id={`${id}-cut`}
        type="range"
        min={0}
        max={last}
        value={cut}
        onInput={(event) => dispatch({ type: 'cut', cut: Number(event.currentTarget.value) })}
      />
      <label for={`${id}-step`}>Step through the functions</label>
      <span class="echo-step">
        <button
          type="button"
          aria-label="Previous function"
          disabled={at === 0}
          onClick={() => dispatch({ type: 'go', at: at - 1 })}
        >
          ←
        </button>
        <input
          id={`${id}-step`}
          type="range"
          min={0}
          max={steps - 1}
          value={at}
          aria-valuetext={`function ${at + 1} of ${steps}`}
          onInput={(event) => dispatch({ type: 'go', at: Number(event.currentTarget.value) })}
        />
        <button
          type="button"
          aria-label="Next function"
          disabled={at >= steps - 1}
          onClick={() => dispatch({ type: 'go', at: at + 1 })}
        >
          →
        </button>
      </span>
    </div>
  );
}

function Row({ row: { name, file, here, state, bytes }, at }: { readonly row: StepRow; readonly at: boolean }) {
  return (
    <li class="echo-row" data-at={at || undefined} aria-current={at ? 'step' : undefined}>
      <p class="echo-function">
        <code>{name}</code> <span class="echo-file">{file}</span>
      </p>
      <p class="echo-state">
        <span class="echo-where" data-here={here || undefined}>
          {here ? 'ran here' : 'on the server only'}
        </span>{' '}
        {state}
        {bytes !== '' && (
          <>
            {' '}
            <span class="echo-bytes">{bytes}</span>
          </>
        )}
      </p>
    </li>
  );
}
