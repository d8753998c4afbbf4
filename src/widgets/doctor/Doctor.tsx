import './doctor.css';
import type { DoctorStep } from '../../companion/doctor.ts';
import { escapeUnseen } from '../../text/quote-text.ts';
import { announceDoctor, causeLink } from './model.ts';
import { type Companion, useDoctor } from './use-doctor.ts';

/** Opens a WebSocket of this machine step by step, through the companion, and says why it does not open. */
export default function Doctor({ causes }: { readonly causes: readonly string[] }) {
  const { state, companion, dispatch, look, start } = useDoctor();
  const { url, phase, steps, report, problem } = state;
  const own = companion.state === 'live' ? `ws://${companion.host}/echo` : undefined;
  const link = report && causeLink(report, causes);
  return (
    <section class="figure wide doctor" id="doctor" aria-labelledby="doctor-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h2 class="figure-title" id="doctor-title">
          Why does it not open?
        </h2>
        <Badge companion={companion} />
      </header>
      <div class="figure-body">
        {companion.state === 'absent' ? (
          <div class="doctor-absent">
            <p>
              {companion.why} A page cannot see why a handshake fails, but the companion can. Start it with{' '}
              <code>npm start</code> and open <code>http://localhost:8080/why/</code>.
            </p>
            <button type="button" onClick={look}>
              Look again
            </button>
          </div>
        ) : (
          <form
            class="doctor-form needs-js"
            onSubmit={(event) => {
              event.preventDefault();
              if (companion.state === 'live' && phase !== 'running') start();
            }}
          >
            <label>
              Address of a WebSocket on this machine
              <input
                type="text"
                inputMode="url"
                required
                maxLength={2000}
                placeholder="ws://localhost:9001/socket"
                spellcheck={false}
                autocomplete="off"
                autocapitalize="off"
                value={url}
                readOnly={phase === 'running'}
                onInput={(event) => dispatch({ type: 'fill', url: event.currentTarget.value })}
              />
            </label>
            <button type="submit" class="primary" disabled={companion.state !== 'live' || phase === 'running'}>
              {phase === 'running' ? 'Examining…' : 'Examine the address'}
            </button>
            <p class="doctor-hint">
              {own === undefined ? (
                'Looking for the companion, which opens the connections.'
              ) : (
                <>
                  No server at hand?{' '}
                  <button
                    type="button"
                    disabled={phase === 'running'}
                    onClick={() => dispatch({ type: 'fill', url: own })}
                  >
                    Use the companion’s echo: {own}
                  </button>
                </>
              )}
            </p>
          </form>
        )}
        <p class="visually-hidden" role="status">
          {escapeUnseen(announceDoctor(state))}
        </p>
        {problem !== undefined && (
          <p class="verdict" data-tone="danger" role="alert">
            {escapeUnseen(problem)}
          </p>
        )}
        {report !== undefined && (
          <p class="verdict doctor-verdict" data-tone={report.opens ? 'ok' : 'danger'}>
            <strong>{report.opens ? 'It opens.' : 'It does not open.'}</strong> {escapeUnseen(report.sentence)}{' '}
            {link !== undefined && <a href={link}>More about this cause</a>}
          </p>
        )}
        {steps.length > 0 && (
          <ol class="doctor-steps plain-list">
            {steps.map((step) => (
              <Step key={step.name} step={step} />
            ))}
          </ol>
        )}
      </div>
      <footer class="figure-note">
        The companion connects only to your own machine, and sends only correct handshakes. For any other machine:{' '}
        <code>npm run -s framelight -- doctor {escapeUnseen(url) || 'wss://example.org/socket'}</code>
      </footer>
    </section>
  );
}

const OUTCOMES = { ok: 'ok', failed: 'failed', noted: 'note' } as const;

function Step({ step }: { readonly step: DoctorStep }) {
  const { title, outcome, tookMs, sentence, details } = step;
  return (
    <li data-outcome={outcome}>
      <span class="doctor-outcome">{OUTCOMES[outcome]}</span>
      <div>
        <p>
          <strong>{title}</strong> <span class="doctor-time">{Math.round(tookMs)} ms</span>
        </p>
        <p class="doctor-sentence">{escapeUnseen(sentence)}</p>
        {details.length > 0 && (
          <details>
            <summary>What came back</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long head scrolls, and a keyboard has to reach it */}
            <pre tabIndex={0}>{escapeUnseen(details.join('\n'))}</pre>
          </details>
        )}
      </div>
    </li>
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
