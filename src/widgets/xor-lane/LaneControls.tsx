import { useId, useState } from 'preact/hooks';
import type { XorLaneAction, XorLaneState } from './model.ts';

interface SendProps {
  readonly ready: boolean;
  readonly text: string;
  readonly send: (text: string) => void;
}

const MAX_TEXT_LENGTH = 80;

/** The reader's text: each time it is sent, the browser draws another key. */
export function SendText({ ready, text, send }: SendProps) {
  const id = useId();
  const [typed, setTyped] = useState(text);
  return (
    <form
      class="xor-send needs-js"
      onSubmit={(event) => {
        event.preventDefault();
        send(typed);
      }}
    >
      <label for={id}>Your text</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        maxLength={MAX_TEXT_LENGTH}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" disabled={!ready}>
        Send
      </button>
    </form>
  );
}

interface ScrubProps {
  readonly at: number;
  readonly last: number;
  readonly playing: boolean;
  readonly play: () => void;
  readonly pause: () => void;
  readonly dispatch: (action: XorLaneAction) => void;
}

/** From byte to byte: by hand, or by itself. */
export function Scrubber({ at, last, playing, play, pause, dispatch }: ScrubProps) {
  const id = useId();
  const go = (to: number) => () => dispatch({ type: 'go', at: to });
  return (
    <div class="xor-scrub needs-js">
      <label for={id}>Byte of the payload</label>
      <button type="button" aria-label="Previous byte" disabled={at === 0} onClick={go(at - 1)}>
        ←
      </button>
      <input
        id={id}
        type="range"
        min={0}
        max={last}
        value={at}
        aria-valuetext={`byte ${at} of ${last}`}
        onInput={(event) => dispatch({ type: 'go', at: Number(event.currentTarget.value) })}
      />
      <button type="button" aria-label="Next byte" disabled={at === last} onClick={go(at + 1)}>
        →
      </button>
      <button type="button" class="xor-play" onClick={playing ? pause : play}>
        {playing ? 'Pause' : 'Play'}
      </button>
    </div>
  );
}

interface ChangeProps {
  readonly state: XorLaneState;
  readonly last: number;
  readonly dispatch: (action: XorLaneAction) => void;
}

/** The key to unmask with, and how the payload arrives. */
export function Changes({ state, last, dispatch }: ChangeProps) {
  const id = useId();
  const { key, keyTyped, keyProblem, frame, cut, counting } = state;
  const own = key.every((byte, i) => byte === frame.key[i]) && keyProblem === undefined;
  return (
    <div class="xor-changes needs-js">
      <div class="xor-key">
        <label for={`${id}-key`}>Unmask with the key</label>
        <input
          id={`${id}-key`}
          type="text"
          size={11}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={keyTyped}
          aria-invalid={keyProblem !== undefined}
          aria-describedby={`${id}-problem`}
          onInput={(event) => dispatch({ type: 'typeKey', typed: event.currentTarget.value })}
        />
        <button type="button" disabled={own} onClick={() => dispatch({ type: 'ownKey' })}>
          Use the frame’s key
        </button>
        <p class="xor-problem" id={`${id}-problem`} role="alert">
          {keyProblem}
        </p>
      </div>
      <div class="xor-reads">
        <label for={`${id}-cut`}>A second read begins with byte</label>
        <input
          id={`${id}-cut`}
          type="range"
          min={0}
          max={last}
          value={cut}
          aria-valuetext={cut === 0 ? 'none: all bytes arrive in one read' : `byte ${cut}`}
          onInput={(event) => dispatch({ type: 'cut', cut: Number(event.currentTarget.value) })}
        />
        <output for={`${id}-cut`}>{cut === 0 ? 'one read' : `byte ${cut}`}</output>
        <label class="xor-mistake">
          <input
            type="checkbox"
            checked={counting === 'read'}
            onChange={(event) =>
              dispatch({ type: 'counting', counting: event.currentTarget.checked ? 'read' : 'payload' })
            }
          />
          Make the mistake: start i at 0 again in each read
        </label>
      </div>
    </div>
  );
}
