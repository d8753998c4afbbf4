import type { AcceptState, AcceptView } from './model.ts';

interface Props {
  readonly state: AcceptState;
  readonly view: AcceptView;
  /** Whether the companion is there; undefined while it is looked for. */
  readonly live: boolean | undefined;
  readonly onType: (typed: string) => void;
  readonly onTake: () => void;
}

/** Where the key comes from, and what is wrong with it. */
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
          {live === false ? 'Draw a random key' : 'Take the one your browser sends'}
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
  if (taken?.answered === undefined) return <p class="key-said">16 bytes in base64, as RFC 6455 §4.1 asks.</p>;
  const same = taken.answered === view.accept;
  return (
    <p class="verdict" data-tone={same ? 'ok' : 'danger'}>
      Your browser drew this key just now. The server answered <code>{taken.answered}</code>,{' '}
      {same
        ? 'the same as computed below.'
        : 'which is not what is computed below: the browser would fail the connection.'}
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
      <p>A server must refuse this key with 400. One that does not check it would hash it all the same, as below.</p>
    </div>
  );
}
