import './conformance.css';
import { useEffect, useRef } from 'preact/hooks';
import { ConformanceForm } from './ConformanceForm.tsx';
import { announce, type ConformanceRecording, isRunning, summarize } from './model.ts';
import { Results } from './Results.tsx';
import { type Companion, useConformanceRun } from './use-conformance-run.ts';

/** Tests a server and shows the results. Before the first run, a recorded example can be opened. */
export default function Conformance({ example }: { readonly example: ConformanceRecording }) {
  const { state, companion, dispatch, look, start, stop } = useConformanceRun(example);
  const { phase, results, total, problem } = state;
  const summary = useRef<HTMLParagraphElement>(null);
  const isExample = phase === 'example';
  const running = isRunning(state);
  // On a small screen the results are below the fold.
  useEffect(() => {
    if (!isExample) summary.current?.scrollIntoView({ block: running ? 'nearest' : 'start', behavior: 'instant' });
  }, [isExample, running]);
  return (
    <section class="figure wide conformance" id="check" aria-labelledby="check-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h2 class="figure-title" id="check-title">
          Your server against RFC 6455
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
        {running && <progress aria-label="Finished cases" max={total || 1} value={results.length} />}
        {isExample ? (
          <details class="conformance-example">
            <summary>See an example report</summary>
            <p>
              Recorded with a server that answers every ping with an empty pong and accepts any close frame, in the
              cases of section 5.5.
            </p>
            <p class="conformance-summary">{summarize(state)}</p>
            <Results state={state} dispatch={dispatch} />
          </details>
        ) : (
          <>
            <p class="conformance-summary" ref={summary}>
              {summarize(state)}
            </p>
            {results.length > 0 && <Results state={state} dispatch={dispatch} />}
          </>
        )}
      </div>
      <footer class="figure-note">
        The companion runs the test cases and connects only to your own machine. The same on the command line:{' '}
        <code>
          npm run -s framelight -- check {state.form.url || 'ws://localhost:9001/echo'}
          {state.form.stage !== '' && ` --stage ${state.form.stage}`}
        </code>
      </footer>
    </section>
  );
}

function Badge({ companion }: { readonly companion: Companion }) {
  const text = {
    looking: 'looking for the companion',
    live: companion.state === 'live' ? `live: the companion on ${companion.host}` : '',
    absent: 'no companion here',
  }[companion.state];
  return (
    <p class="badge" data-state={companion.state === 'live' ? 'live' : 'example'} role="status">
      <span key={text}>{text}</span>
    </p>
  );
}

/** Takes the place of a form that could not be sent: says what is missing and how to get it. */
function Absent({ why, look }: { readonly why: string; readonly look: () => void }) {
  return (
    <div class="conformance-absent">
      <p>
        {why} The test cases need raw TCP connections, which a page cannot open. The companion opens them for the page:
        start it with <code>npm start</code> and open <code>http://localhost:8080/check/</code>.
      </p>
      <button type="button" onClick={look}>
        Look again
      </button>
    </div>
  );
}
