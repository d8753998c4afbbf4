import type { AcceptState, AcceptView } from './model.ts';

interface Props {
  readonly state: AcceptState;
  readonly view: AcceptView;
  /** Whether the companion is there; undefined while the page looks for it. */
  readonly live: boolean | undefined;
  readonly onType: (typed: string) => void;
  readonly onTake: () => void;
}

/** The key: typed or from the browser, and what is wrong with it. */
export function KeyField({ state, view, live, onType, onTake }: Props) {
  const { problem } = view;
  return (
    <div class="key-field">
      <div class="key-row">
        <label for="accept-key">Sec-WebSocket-Key</label>
        <input
          id="accept-key"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={state.typed}
          aria-invalid={problem !== undefined}
          aria-describedby="accept-verdict"
          onInput={(event) => onType(event.currentTarget.value)}
        />
        <button type="button" class="needs-js" disabled={live === undefined} onClick={onTake}>
          {live === false ? 'Draw a random key' : 'Use my browser’s key'}
        </button>
      </div>
      <div id="accept-verdict" role="status">
        {problem === undefined ? <Verdict state={state} view={view} /> : <Problem state={state} view={view} />}
      </div>
    </div>
  );
}

function Verdict({ state, view }: Pick<Props, 'state' | 'view'>) {
  const { taken } = state;
  if (taken?.answered === undefined) return <p class="key-said">A valid key: 16 bytes in base64 (RFC 6455 §4.1).</p>;
  const same = taken.answered === view.accept;
  return (
    <p class="verdict" data-tone={same ? 'ok' : 'danger'}>
      Your browser just drew this key. The server answered <code>{taken.answered}</code>,{' '}
      {same
        ? 'the same value as computed below.'
        : 'which differs from the value computed below. A browser fails such a connection.'}
    </p>
  );
}

function Problem({ state, view: { problem } }: Pick<Props, 'state' | 'view'>) {
  if (problem === undefined) return null;
  const { typed } = state;
  return (
    <div class="verdict" data-tone="danger">
      <p>{problem.sentence}</p>
      <p class="key-marked" aria-hidden="true">
        {typed.slice(0, problem.start)}
        <mark class="key-wrong">{typed.slice(problem.start, problem.end) || ' '}</mark>
        {typed.slice(problem.end)}
      </p>
      <p>
        A server must refuse this key, for example with status 400. A server that does not check keys hashes it, as
        shown below.
      </p>
    </div>
  );
}
