import { escapeUnseen } from '../../text/quote-text.ts';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import { ByteRows } from './ByteRows.tsx';
import type { CodeError } from './host/order.ts';
import type { Failure, StageVerdict, SuiteVerdict } from './judge/verdict.ts';
import { type BenchState, shownFailure, summarize } from './model.ts';
import { STAGE_IDS, type StageId } from './stage-id.ts';
import type { Place } from './syntax-place.ts';

interface Props {
  readonly stage: StageId;
  readonly state: BenchState;
  readonly verdict: StageVerdict;
  readonly open: (id: string) => void;
  readonly goTo: (place: Place) => void;
}

/** What the tests say: the summary, then the first failure with its bytes. */
export function Outcome({ stage, state, verdict, open, goTo }: Props) {
  const failure = shownFailure(state);
  const { passed, suite, lines } = verdict;
  return (
    <>
      {state.isOld && <p class="own-code-old">Your code has changed since. Run the tests again.</p>}
      <p class="verdict" data-tone={passed ? 'ok' : 'danger'}>
        {summarize(verdict)} {passed && <Next stage={stage} />}
      </p>
      {suite !== undefined && suite.causes.length > 0 && <Causes causes={suite.causes} />}
      {failure !== undefined && (
        <FailureView stage={stage} failure={failure} isCase={suite !== undefined} goTo={goTo} />
      )}
      {suite !== undefined && suite.failures.length > 1 && <FailedCases suite={suite} shown={failure} open={open} />}
      {lines.length > 0 && (
        <details class="own-code-console">
          <summary>Your console: {lines.length === 1 ? '1 line' : `the first ${lines.length} lines`}</summary>
          <pre>{escapeUnseen(lines.join('\n'))}</pre>
        </details>
      )}
    </>
  );
}

function Next({ stage }: { readonly stage: StageId }) {
  const next = STAGE_IDS[STAGE_IDS.indexOf(stage) + 1];
  return next === undefined ? null : <a href={`#${next}`}>Go on with {next}</a>;
}

const MAX_CAUSES = 5;

function Causes({ causes }: Pick<SuiteVerdict, 'causes'>) {
  return (
    <section>
      <h4>Likely causes</h4>
      <ol class="own-code-causes">
        {causes.slice(0, MAX_CAUSES).map(({ title, fix, count }) => (
          <li key={title}>
            <strong>{escapeUnseen(title)}</strong> ({count} {count === 1 ? 'case' : 'cases'}) {fix}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface FailureProps {
  readonly stage: StageId;
  readonly failure: Failure;
  readonly isCase: boolean;
  readonly goTo: (place: Place) => void;
}

function FailureView({ stage, failure, isCase, goTo }: FailureProps) {
  const { title, finding, fix, call, expected, got, bytes, error } = failure;
  return (
    <section class="own-code-failure">
      {isCase && <h4>{title}</h4>}
      <p>
        <strong>{escapeUnseen(finding)}</strong> {fix} <GoTo stage={stage} error={error} goTo={goTo} />
      </p>
      {(expected !== '' || got !== '') && (
        <dl>
          {call !== '' && (
            <>
              <dt>Call</dt>
              <dd>{call}</dd>
            </>
          )}
          <dt>Expected</dt>
          <dd>{expected}</dd>
          <dt>Got</dt>
          <dd data-wrong="">{escapeUnseen(got)}</dd>
        </dl>
      )}
      {bytes !== undefined && (
        <>
          {bytes.rows.length > 0 && <ByteRows {...bytes} />}
          <p>{bytes.sentence !== finding && bytes.sentence}</p>
          {bytes.dump !== undefined && (
            <div class="own-code-frame">
              <h4>{bytes.heading}</h4>
              <FrameView dump={bytes.dump} pointedAt={bytes.range} />
            </div>
          )}
        </>
      )}
    </section>
  );
}

function GoTo({
  stage,
  error,
  goTo,
}: Pick<FailureProps, 'stage' | 'goTo'> & { readonly error: CodeError | undefined }) {
  if (error?.line === undefined || error.stage !== stage) return null;
  const place = { line: error.line, column: error.column ?? 1 };
  return (
    <button type="button" class="in-text" onClick={() => goTo(place)}>
      Go to line {place.line}
    </button>
  );
}

const MAX_LISTED = 100;

interface CasesProps {
  readonly suite: SuiteVerdict;
  readonly shown: Failure | undefined;
  readonly open: (id: string) => void;
}

function FailedCases({ suite: { failures }, shown, open }: CasesProps) {
  const more = failures.length - MAX_LISTED;
  return (
    <details class="own-code-cases">
      <summary>All {failures.length} cases that failed</summary>
      <ul class="plain-list">
        {failures.slice(0, MAX_LISTED).map((failure) => (
          <li key={failure.id}>
            <button type="button" class="in-text" aria-pressed={failure === shown} onClick={() => open(failure.id)}>
              {failure.title}
            </button>{' '}
            {escapeUnseen(failure.finding)}
          </li>
        ))}
      </ul>
      {more > 0 && <p>And {more} more.</p>}
    </details>
  );
}
