import './ping.css';
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { LabNote } from '../base/lab-source/LabNote.tsx';
import { LinkBadge } from '../base/link/LinkNote.tsx';
import { useCompanion } from '../base/link/use-companion.ts';
import type { SourceEvent } from '../base/source/source.ts';
import {
  draftOf,
  EXAMPLE_PAYLOAD,
  initialPing,
  ordersOf,
  PINGS_IN_A_ROW,
  reducePing,
  summarizePings,
} from './model.ts';
import { PingTable } from './PingTable.tsx';
import { livePings, type PingLink, simulatedPings } from './ping-link.ts';

interface Props {
  /** The worked example, computed when the site is built. */
  readonly example: readonly SourceEvent[];
  /** As many bytes as a control frame may have. */
  readonly most: number;
}

/** Pings that no script ever sees, with the pongs that the browser sends by itself. */
export default function Ping({ example, most }: Props) {
  const [state, dispatch] = useReducer(reducePing, example, initialPing);
  const [text, setText] = useState(EXAMPLE_PAYLOAD);
  const companion = useCompanion();
  const { state: linkState } = companion.link;
  const link = useRef<PingLink>();
  useEffect(() => {
    return () => {
      link.current?.stop();
      link.current = undefined;
    };
  }, [linkState]);
  const { write } = useHashParameters((parameters) => {
    setText(parameters.get('ping') ?? EXAMPLE_PAYLOAD);
    return undefined;
  });
  const draft = draftOf(text);

  const press = (button: 'ping' | 'pong' | 'many'): void => {
    const listener = {
      happened: (events: readonly SourceEvent[]) => dispatch({ type: 'happened', events }),
      lost: companion.lose,
    };
    link.current ??= linkState === 'live' ? livePings(listener) : simulatedPings(listener);
    link.current.send(ordersOf(button, draft));
  };
  const type = (typed: string): void => {
    setText(typed);
    write({ ping: typed });
  };
  const ready = linkState === 'live' || linkState === 'simulated';
  return (
    <section class="figure wide ping" aria-labelledby="ping-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="ping-title">
          Pings that JavaScript never sees
        </h3>
        <LinkBadge link={companion.link} />
      </header>
      <div class="figure-body">
        <form class="ping-form needs-js" onSubmit={(event) => event.preventDefault()}>
          <label for="ping-payload">Payload, as text</label>
          <input
            id="ping-payload"
            type="text"
            autocomplete="off"
            spellcheck={false}
            value={text}
            aria-describedby="ping-size"
            aria-invalid={draft.refusal !== undefined}
            onInput={({ currentTarget }) => type(currentTarget.value)}
          />
          <output id="ping-size" class="ping-size" data-over={draft.refusal !== undefined}>
            {draft.byteLength} of {most} bytes
          </output>
          <p class="ping-buttons">
            <button type="submit" disabled={!ready || draft.refusal !== undefined} onClick={() => press('ping')}>
              Send a ping
            </button>
            <button type="button" disabled={!ready || draft.refusal !== undefined} onClick={() => press('pong')}>
              Send an unsolicited pong
            </button>
            <button type="button" disabled={!ready} onClick={() => press('many')}>
              Send {PINGS_IN_A_ROW} pings
            </button>
            <button type="button" onClick={() => dispatch({ type: 'clear' })}>
              Clear
            </button>
          </p>
        </form>
        {draft.refusal !== undefined && (
          <p class="verdict" data-tone="danger" role="alert">
            {draft.refusal} Shorten it. The chapter “Break the rules” sends a control frame that is too long.
          </p>
        )}
        <PingTable state={state} open={(row) => dispatch({ type: 'open', row })} />
        <p class="verdict" role="status">
          {summarizePings(state)}
        </p>
      </div>
      <LabNote
        companion={companion}
        example={`A worked example: one ping with the payload “${EXAMPLE_PAYLOAD}”. With JavaScript on, your own browser answers.`}
      />
    </section>
  );
}
