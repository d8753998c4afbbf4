import './conformance.css';
import { ConformanceForm } from './ConformanceForm.tsx';
import { announce, type ConformanceRecording, isRunning, summarize } from './model.ts';
import { Results } from './Results.tsx';
import { type Companion, useConformanceRun } from './use-conformance-run.ts';

/** Has a server checked, and shows how it went; a recorded check before that. */
export default function Conformance({ example }: { readonly example: ConformanceRecording }) {
  const { state, companion, dispatch, look, start, stop } = useConformanceRun(example);
  const { phase, results, total, problem } = state;
  return (
    <section class="figure wide conformance" id="check" aria-labelledby="check-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h2 class="figure-title" id="check-title">
          Check a server
        </h2>
        <Badge companion={companion} />
      </header>
      <div class="figure-body">
        {companion.state === 'absent' ? (
          <Absent why={companion.why} look={look} />
        ) : (
          <ConformanceForm state={state} companion={companion} dispatch={dispatch} start={start} stop={stop} />
        )}
        <p class="visually-hidden" role="status">
          {announce(state)}
        </p>
        {problem !== undefined && (
          <p class="verdict" data-tone="danger" role="alert">
            {problem}
          </p>
        )}
        {isRunning(state) && <progress aria-label="Cases that are through" max={total || 1} value={results.length} />}
        {phase === 'example' && (
          <p class="verdict conformance-example">
            A recorded example: a server that answers every ping with an empty pong and takes any close frame.
          </p>
        )}
        <p class="conformance-summary">{summarize(state)}</p>
        {results.length > 0 && <Results state={state} dispatch={dispatch} />}
      </div>
      <footer class="figure-note">
        The companion on your machine runs the test cases and connects to nothing but your machine. The server has to
        send back each message as it came. On the command line:{' '}
        <code>npm run -s framelight -- check {state.form.url}</code>
      </footer>
    </section>
  );
}

function Badge({ companion }: { readonly companion: Companion }) {
  const text = {
    looking: 'looking for the companion',
    live: companion.state === 'live' ? `live: the companion on ${companion.host}` : '',
    absent: 'recorded: no companion here',
  }[companion.state];
  return (
    <p class="badge" data-state={companion.state === 'live' ? 'live' : 'example'} role="status">
      <span key={text}>{text}</span>
    </p>
  );
}

/** No form that could not be sent: what is missing, and how to get it. */
function Absent({ why, look }: { readonly why: string; readonly look: () => void }) {
  return (
    <div class="conformance-absent">
      <p>
        {why} A page cannot open the raw connections that the test cases need; the companion does it for the page. Start
        it with <code>npm start</code> and open <code>http://localhost:8080/check/</code>.
      </p>
      <button type="button" onClick={look}>
        Look again
      </button>
    </div>
  );
}
