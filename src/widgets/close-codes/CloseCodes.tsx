import './close-codes.css';
import { LabNote } from '../base/lab-source/LabNote.tsx';
import { LinkBadge } from '../base/link/LinkNote.tsx';
import { CodeRows } from './CodeRows.tsx';
import { ALL_TRIALS, summarizeCodes, type TrialResult } from './model.ts';
import { useCodes } from './use-codes.ts';

interface Props {
  /** A few trials, made when the site is built. */
  readonly example: readonly TrialResult[];
}

/** Every status code, and what becomes of it when the page or the server closes with it. */
export default function CloseCodes({ example }: Props) {
  const { state, companion, ready, problem, tryOut, open, stop, clear } = useCodes(example);
  const { queue } = state;
  const busy = queue.length > 0;
  return (
    <section class="figure wide close-codes" aria-labelledby="codes-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="codes-title">
          Every status code, tried
        </h3>
        <LinkBadge link={companion.link} />
      </header>
      <div class="figure-body">
        <p class="codes-buttons needs-js">
          <button type="button" disabled={!ready || busy} onClick={() => tryOut(ALL_TRIALS)}>
            Try them all
          </button>
          {busy && (
            <button type="button" onClick={stop}>
              Stop
            </button>
          )}
          <button type="button" disabled={busy} onClick={clear}>
            Clear the results
          </button>
        </p>
        <p class="verdict" role="status">
          {problem && `${problem} `}
          {busy ? `Trying. ${queue.length} left.` : summarizeCodes(state)}
        </p>
        {state.problem !== undefined && (
          <p class="verdict" data-tone="danger" role="alert">
            {state.problem}
          </p>
        )}
        <CodeRows state={state} ready={ready && !busy} tryOut={tryOut} open={open} />
      </div>
      <LabNote
        companion={companion}
        example="A few codes as worked examples. With JavaScript on, each button makes its own connection."
      />
    </section>
  );
}
