import './decode.css';
import { useEffect, useReducer } from 'preact/hooks';
import { FrameView } from '../frame/FrameView.tsx';
import { type DecodeRequest, formatDecodeHash, parseDecodeHash, type Sender } from './address.ts';
import { initialDecodeState, presentNotes, presentRows, reduceDecode } from './model.ts';

interface Props {
  /** What stands there at first, and without JavaScript. */
  readonly example: DecodeRequest;
}

const SENDERS: readonly { readonly sender: Sender; readonly label: string }[] = [
  { sender: 'either', label: 'as the MASK bits say' },
  { sender: 'client', label: 'a client' },
  { sender: 'server', label: 'a server' },
];

/** Reads bytes in hex, lists the frames in them, and opens one. */
export function Decoder({ example }: Props) {
  const [state, dispatch] = useReducer(reduceDecode, example, initialDecodeState);
  const { request, problem, stream } = state;

  useEffect(() => {
    const read = () => {
      const linked = parseDecodeHash(location.hash);
      if (linked !== undefined) dispatch({ type: 'read', request: linked });
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  useEffect(() => {
    if (request === example) return;
    history.replaceState(history.state, '', formatDecodeHash(request) ?? location.pathname);
  }, [request, example]);

  const rows = presentRows(state);
  const dump = stream.frames[state.opened]?.dump;
  return (
    <div class="decoder">
      <div class="decoder-input">
        <label for="decoder-text">Bytes, in hex</label>
        <textarea
          id="decoder-text"
          rows={4}
          spellcheck={false}
          autocomplete="off"
          aria-describedby="decoder-problem"
          aria-invalid={problem !== undefined}
          value={request.text}
          onInput={(event) => dispatch({ type: 'type', text: event.currentTarget.value })}
        />
        <p id="decoder-problem" class="decoder-problem" role="status">
          {problem?.sentence}
        </p>
        <fieldset class="decoder-from needs-js">
          <legend>Sent by</legend>
          {SENDERS.map(({ sender, label }) => (
            <label key={sender}>
              <input
                type="radio"
                name="decoder-from"
                checked={request.sender === sender}
                onChange={() => dispatch({ type: 'from', sender })}
              />
              {label}
            </label>
          ))}
        </fieldset>
      </div>
      {presentNotes(state).map((note) => (
        <p class="verdict" key={note}>
          {note}
        </p>
      ))}
      {rows.length > 1 && (
        <ol class="decoded-rows plain-list" aria-label="Frames">
          {rows.map(({ index, offset, sentence, broken, opened }) => (
            <li key={index}>
              <button type="button" aria-pressed={opened} onClick={() => dispatch({ type: 'open', index })}>
                byte {offset + 1}: {sentence}
                {broken.length > 0 && ` — breaks ${broken.join(', ')}`}
              </button>
            </li>
          ))}
        </ol>
      )}
      {dump !== undefined && <FrameView dump={dump} />}
    </div>
  );
}
