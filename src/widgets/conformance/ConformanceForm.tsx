import { MAX_MESSAGE_LIMIT, MIN_MESSAGE_LIMIT } from '../../companion/conformance.ts';
import { STAGES } from '../../conformance/stages.ts';
import { type ConformanceAction, type ConformanceState, isRunning } from './model.ts';
import type { Companion } from './use-conformance-run.ts';

interface Props {
  readonly state: ConformanceState;
  readonly companion: Companion;
  readonly dispatch: (action: ConformanceAction) => void;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Asks for the server and the cases to run. */
export function ConformanceForm({ state, companion, dispatch, start, stop }: Props) {
  const { form } = state;
  const running = isRunning(state);
  const fill = (values: Partial<ConformanceState['form']>) => dispatch({ type: 'fill', form: values });
  const own = companion.state === 'live' ? `ws://${companion.host}/echo` : undefined;
  return (
    <form
      class="conformance-form needs-js"
      onSubmit={(event) => {
        event.preventDefault();
        if (running) stop();
        else if (companion.state === 'live') start();
      }}
    >
      <label class="conformance-url">
        Address of your server
        <input
          type="text"
          inputMode="url"
          required
          placeholder="ws://localhost:9001/echo"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          value={form.url}
          readOnly={running}
          onInput={(event) => fill({ url: event.currentTarget.value })}
        />
      </label>
      <label>
        Only cases that start with
        <input
          type="text"
          placeholder="all"
          maxLength={100}
          spellcheck={false}
          autocomplete="off"
          value={form.only}
          readOnly={running}
          onInput={(event) => fill({ only: event.currentTarget.value })}
        />
      </label>
      <label>
        Longest message, in bytes
        <input
          type="number"
          placeholder="no limit"
          min={MIN_MESSAGE_LIMIT}
          max={MAX_MESSAGE_LIMIT}
          value={form.maxMessage}
          readOnly={running}
          onInput={(event) => fill({ maxMessage: event.currentTarget.value })}
        />
      </label>
      <label class="conformance-stage">
        How far your server is
        <select value={form.stage} disabled={running} onChange={(event) => fill({ stage: event.currentTarget.value })}>
          <option value="">the whole suite</option>
          {STAGES.map(({ number, title }) => (
            <option key={number} value={number}>
              stage {number}: {title}
            </option>
          ))}
        </select>
      </label>
      {/* One button in one place: Enter starts the run, and Enter stops it. */}
      <button type="submit" class="primary" disabled={!running && companion.state !== 'live'}>
        {running ? 'Stop the run' : 'Run the suite'}
      </button>
      <p class="conformance-hint">
        {own === undefined ? (
          'Looking for the companion, which runs the test cases.'
        ) : (
          <>
            No server yet?{' '}
            <button type="button" disabled={running} onClick={() => fill({ url: own })}>
              Use the companion’s echo: {own}
            </button>
          </>
        )}
      </p>
    </form>
  );
}
