import './break-rules.css';
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { useCompanion } from '../base/link/use-companion.ts';
import { ClientRows } from './ClientRows.tsx';
import { type ClientRulesData, initialClientRules, reduceClientRules, TYPED } from './client-model.ts';
import { sendClientBytes } from './client-run.ts';

const HERE = 'The bytes go to a server inside this page, with the companion’s own protocol code.';

/** Broken frames of a client, sent raw to the companion. */
export default function ClientRules(data: ClientRulesData) {
  const [state, dispatch] = useReducer(reduceClientRules, data, initialClientRules);
  const [typed, setTyped] = useState('');
  const companion = useCompanion();

  useEffect(() => {
    if (state.sending === undefined) return;
    void sendClientBytes(state.sending.hex, companion.link.state === 'live').then((action) => {
      dispatch(action);
      if (action.type === 'answered' && action.problem !== '') companion.lose(action.problem);
    });
  }, [state.sending]);

  const { write, problem } = useHashParameters((parameters) => {
    const name = data.rows.find((row) => row.name === parameters.get('rule'))?.name;
    if (name !== undefined) dispatch({ type: 'open', name });
    const bytes = parameters.get('send');
    if (bytes !== null) setTyped(bytes);
    return sayIgnored(parameters, { rule: name ?? '' });
  });
  const first = useRef(true);
  useEffect(() => {
    if (!first.current && state.opened !== undefined && state.opened !== TYPED) write({ rule: state.opened });
    first.current = false;
  }, [state.opened, state.sending]);

  return (
    <section
      class="figure wide break-rules"
      id="client-rules"
      aria-labelledby="client-rules-title"
      data-pagefind-ignore
    >
      <header class="figure-bar">
        <h3 class="figure-title" id="client-rules-title">
          What the companion does when a client breaks the rules
        </h3>
        <LinkBadge link={companion.link} />
      </header>
      <div class="figure-body">
        {(state.problem || problem) !== '' && (
          <p class="verdict" data-tone="danger" role="alert">
            {state.problem || problem}
          </p>
        )}
        <form
          class="client-own needs-js"
          onSubmit={(event) => {
            event.preventDefault();
            write({ send: typed });
            dispatch({ type: 'send', name: TYPED, hex: typed });
          }}
        >
          <label for="client-own">Frames of your own, in hex</label>
          <input
            id="client-own"
            type="text"
            autocomplete="off"
            spellcheck={false}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="submit" class="primary" disabled={typed.trim() === '' || state.sending !== undefined}>
            Send
          </button>
        </form>
        <ClientRows data={data} state={state} dispatch={dispatch} />
      </div>
      <LinkNote
        {...companion}
        example={HERE}
        live="A browser’s WebSocket cannot send a wrong frame. So the companion opens a raw connection to itself, does a correct opening handshake, and sends exactly these bytes."
        simulated={HERE}
      />
    </section>
  );
}
