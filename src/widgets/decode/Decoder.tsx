import './decode.css';
import { useEffect, useReducer, useRef } from 'preact/hooks';
import { type DecodeRequest, formatDecodeHash, parseDecodeHash, type Sender } from '../base/address/decode-address.ts';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import { initialDecodeState, MAX_TYPED_CHARACTERS, presentDecoded, reduceDecode } from './model.ts';
import { useCapture } from './use-capture.ts';

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
  const { request } = state;
  const capture = useCapture();
  const file = useRef<ArrayBuffer>();

  useEffect(() => {
    const read = () => {
      const linked = parseDecodeHash(location.hash);
      if (linked === undefined) return;
      capture.leave();
      dispatch({ type: 'read', request: linked });
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  useEffect(() => {
    if (request === example) return;
    history.replaceState(history.state, '', formatDecodeHash(request) ?? location.pathname);
  }, [request, example]);

  /** A copy goes to the other thread: who sent it may be told anew. */
  const readFile = (bytes: ArrayBuffer, sender: Sender): void => {
    file.current = bytes;
    capture.read(bytes.slice(), sender);
  };
  const type = (text: string): void => {
    if (text.length > MAX_TYPED_CHARACTERS) {
      readFile(new TextEncoder().encode(text).buffer, request.sender);
      return;
    }
    capture.leave();
    dispatch({ type: 'type', text });
  };
  const { decoded, reading } = capture;
  const inCapture = reading || decoded !== undefined;
  const { problem, rows, notes, dump } = decoded ?? presentDecoded(state);
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
          value={inCapture ? undefined : request.text}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <p id="decoder-problem" class="decoder-problem" role="status">
          {reading ? 'Reading …' : problem?.sentence}
        </p>
        <label class="decoder-file needs-js">
          or a file: bytes as they were recorded, or hex{' '}
          <input
            type="file"
            onChange={async ({ currentTarget: { files } }) => {
              const bytes = await files?.[0]?.arrayBuffer();
              if (bytes !== undefined) readFile(bytes, request.sender);
            }}
          />
        </label>
        <fieldset class="decoder-from needs-js">
          <legend>Sent by</legend>
          {SENDERS.map(({ sender, label }) => (
            <label key={sender}>
              <input
                type="radio"
                name="decoder-from"
                checked={request.sender === sender}
                onChange={() => {
                  dispatch({ type: 'from', sender });
                  if (inCapture && file.current !== undefined) readFile(file.current, sender);
                }}
              />
              {label}
            </label>
          ))}
        </fieldset>
      </div>
      {notes.map((note) => (
        <p class="verdict" key={note}>
          {note}
        </p>
      ))}
      {rows.length > 1 && (
        <ol class="decoded-rows plain-list" aria-label="Frames">
          {rows.map(({ index, offset, sentence, broken, opened }) => (
            <li key={index}>
              <button
                type="button"
                aria-pressed={opened}
                onClick={() => (inCapture ? capture.open(index) : dispatch({ type: 'open', index }))}
              >
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
