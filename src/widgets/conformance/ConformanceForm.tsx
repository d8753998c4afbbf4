import { LEAST_MAX_MESSAGE, MOST_MAX_MESSAGE } from '../../companion/check.ts';
import { type CheckAction, type CheckState, isRunning } from './model.ts';
import type { Companion } from './use-conformance-run.ts';

interface Props {
  readonly state: CheckState;
  readonly companion: Companion;
  readonly dispatch: (action: CheckAction) => void;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Which server, and which cases. */
export function CheckForm({ state, companion, dispatch, start, stop }: Props) {
  const { form } = state;
  const running = isRunning(state);
  const fill = (values: Partial<CheckState['form']>) => dispatch({ type: 'fill', form: values });
  const own = companion.state === 'live' ? `ws://${companion.host}/echo` : undefined;
  return (
    <form
      class="check-form needs-js"
      onSubmit={(event) => {
        event.preventDefault();
        if (running) stop();
        else if (companion.state === 'live') start();
      }}
    >
      <label class="check-url">
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
          min={LEAST_MAX_MESSAGE}
          max={MOST_MAX_MESSAGE}
          value={form.maxMessage}
          readOnly={running}
          onInput={(event) => fill({ maxMessage: event.currentTarget.value })}
        />
      </label>
      {/* One button in one place, never disabled in between: who pressed Enter to start can press it to stop. */}
      <button type="submit" class="primary" disabled={!running && companion.state !== 'live'}>
        {running ? 'Stop' : 'Run'}
      </button>
      <p class="check-hint">
        {own === undefined ? (
          'Looking for the companion, which runs the check.'
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
