import { MAX_MESSAGE_LIMIT, MIN_MESSAGE_LIMIT } from '../../companion/conformance.ts';
import { type ConformanceAction, type ConformanceState, isRunning } from './model.ts';
import type { Companion } from './use-conformance-run.ts';

interface Props {
  readonly state: ConformanceState;
  readonly companion: Companion;
  readonly dispatch: (action: ConformanceAction) => void;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Which server, and which cases. */
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
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          value={form.url}
          readOnly={running}
          onInput={(event) => fill({ url: event.currentTarget.value })}
        />
      </label>
      <label>
        Only cases that begin with
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
        Its longest message, bytes
        <input
          type="number"
          placeholder="any"
          min={MIN_MESSAGE_LIMIT}
          max={MAX_MESSAGE_LIMIT}
          value={form.maxMessage}
          readOnly={running}
          onInput={(event) => fill({ maxMessage: event.currentTarget.value })}
        />
      </label>
      {/* One button in one place, never disabled in between: who pressed Enter to start can press it to stop. */}
      <button type="submit" class="primary" disabled={!running && companion.state !== 'live'}>
        {running ? 'Stop' : 'Run'}
      </button>
      <p class="conformance-hint">
        {own === undefined ? (
          'Looking for the companion, which runs the test cases.'
        ) : (
          <>
            No server at hand?{' '}
            <button type="button" disabled={running} onClick={() => fill({ url: own })}>
              Take the companion’s own: {own}
            </button>
          </>
        )}
      </p>
    </form>
  );
}
