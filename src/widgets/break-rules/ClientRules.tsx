import './break-rules.css';
import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { findCompanion } from '../inspector/find-companion.ts';
import { LinkBadge } from '../inspector/LinkNote.tsx';
import { whyNotRun } from '../raw/why-not-run.ts';
import { useHashParameters } from '../use-hash-parameters.ts';
import { ClientRows } from './ClientRows.tsx';
import {
  type ClientOutcome,
  type ClientRulesData,
  initialClientRules,
  reduceClientRules,
  TYPED,
} from './client-model.ts';

/** The other way round: broken frames of a client, sent raw to the companion. */
export default function ClientRules(data: ClientRulesData) {
  const [state, dispatch] = useReducer(reduceClientRules, data, initialClientRules);
  const [typed, setTyped] = useState('');
  const live = state.link.state === 'live';

  const look = useCallback(() => {
    dispatch({ type: 'link', link: { state: 'looking' } });
    void findCompanion().then(({ found, why }) =>
      dispatch({ type: 'link', link: found ? { state: 'live', host: location.host } : { state: 'simulated', why } }),
    );
  }, []);
  useEffect(look, [look]);

  useEffect(() => {
    if (state.sending === undefined) return;
    sendNow(state.sending.hex, live).then(
      (answer) => dispatch('problem' in answer ? { type: 'failed', ...answer } : { type: 'answered', outcome: answer }),
      (cause: unknown) => dispatch({ type: 'failed', problem: whyNotRun(cause) }),
    );
  }, [state.sending]);

  const write = useHashParameters((parameters) => {
    const name = parameters.get('rule');
    if (name !== null && data.rows.some((row) => row.name === name)) dispatch({ type: 'open', name });
    const bytes = parameters.get('send');
    if (bytes !== null) setTyped(bytes);
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
        <LinkBadge link={state.link} />
      </header>
      <div class="figure-body">
        {state.problem !== '' && (
          <p class="verdict" data-tone="danger" role="alert">
            {state.problem}
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
      <footer class="figure-note break-note">
        <span>
          {live
            ? `A browser’s WebSocket cannot send a wrong frame. The companion on ${state.link.state === 'live' ? state.link.host : ''} opens a raw connection to itself, makes a right opening handshake, and sends the bytes as they are.`
            : 'The bytes go to a server inside this page, on the code that the companion runs. With npm start, they go over a real connection.'}
        </span>
        {state.link.state === 'simulated' && (
          <button type="button" onClick={look}>
            Look again
          </button>
        )}
      </footer>
    </section>
  );
}

async function sendNow(hex: string, live: boolean): Promise<ClientOutcome | { readonly problem: string }> {
  const [{ openingStep, sendRaw }, { presentClientRun }, { formatHex, parseHex }] = await Promise.all([
    import('../raw/send-raw.ts'),
    import('./client-run.ts'),
    import('../../inspector/hex.ts'),
  ]);
  const parsed = parseHex(hex);
  if ('problem' in parsed) return { problem: parsed.problem.sentence };
  const run = await sendRaw([openingStep(), { hex: formatHex(parsed.bytes) }], live);
  return 'problem' in run ? run : presentClientRun(run.messages, run.done.end);
}
