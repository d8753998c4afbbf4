import { useEffect, useRef } from 'preact/hooks';
import { announce } from './model.ts';
import { Outcome } from './Outcome.tsx';
import type { StageId } from './stage-id.ts';
import { useBench } from './use-bench.ts';

/** The editor of one stage, its buttons, and what the tests say. */
export default function Workbench({ stage }: { readonly stage: StageId }) {
  const { state, dispatch, host, editor, earlier, said, run, stop, reset, solve, undo } = useBench(stage);
  const { running, verdict } = state;
  const outcome = useRef<HTMLDivElement>(null);
  // On a small screen the result is below the fold.
  useEffect(() => {
    if (verdict !== undefined) outcome.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }, [verdict]);
  return (
    <>
      {earlier !== '' && <p class="own-code-earlier">{earlier}</p>}
      <div class="own-code-editor" ref={host} />
      <p class="own-code-keys">
        Tab indents. To leave the editor with the keyboard, press Escape and then Tab. Ctrl or ⌘ with Enter runs the
        tests.
      </p>
      <p class="own-code-buttons">
        {running === undefined ? (
          <button type="button" class="own-code-run" onClick={run}>
            Run the tests
          </button>
        ) : (
          <button type="button" class="own-code-run" onClick={stop}>
            Stop
          </button>
        )}
        <button type="button" onClick={undo}>
          Undo
        </button>
        <button type="button" onClick={reset}>
          Reset
        </button>
        <button type="button" onClick={solve}>
          Use the solution
        </button>
        <span class="own-code-said" role="status">
          {said}
        </span>
      </p>
      {running !== undefined && running.total > 0 && (
        <progress aria-label="Finished cases" max={running.total} value={running.done} />
      )}
      <p class="visually-hidden" role="status">
        {announce(state)}
      </p>
      <div class="own-code-outcome" ref={outcome} data-old={state.isOld || undefined}>
        {verdict !== undefined && (
          <Outcome
            stage={stage}
            state={state}
            verdict={verdict}
            open={(id) => dispatch({ type: 'open', id })}
            goTo={(place) => editor.current?.goTo(place)}
          />
        )}
      </div>
    </>
  );
}
