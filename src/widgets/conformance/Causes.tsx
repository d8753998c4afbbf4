import type { ReportedCase } from '../../companion/conformance.ts';
import type { Cause } from '../../conformance/causes.ts';
import { CaseRow } from './CaseRow.tsx';

interface Props {
  readonly causes: readonly Cause<ReportedCase>[];
  /** The name of the cause whose cases are shown below. */
  readonly shown: string | undefined;
  readonly show: (cause: string | undefined) => void;
}

const MAX_OPEN = 5;

/** The faults that the failed cases point to, the one with the most cases first, each with what to change. */
export function Causes({ causes, shown, show }: Props) {
  if (causes.length === 0) return null;
  const rest = causes.slice(MAX_OPEN);
  return (
    <section aria-labelledby="conformance-causes">
      <h3 id="conformance-causes">Most likely causes</h3>
      <ol class="conformance-causes plain-list">
        {causes.slice(0, MAX_OPEN).map((cause) => (
          <CauseItem key={cause.name} {...{ cause, shown, show }} />
        ))}
      </ol>
      {rest.length > 0 && (
        <details class="conformance-more">
          <summary>
            {rest.length} more {rest.length === 1 ? 'cause' : 'causes'}
          </summary>
          <ol class="conformance-causes plain-list" start={MAX_OPEN + 1}>
            {rest.map((cause) => (
              <CauseItem key={cause.name} {...{ cause, shown, show }} />
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

interface ItemProps extends Pick<Props, 'shown' | 'show'> {
  readonly cause: Cause<ReportedCase>;
}

function CauseItem({ cause: { name, title, fix, cases }, shown, show }: ItemProps) {
  const [first] = cases;
  const count = `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}`;
  return (
    <li>
      <h4>
        {title}: {count}
      </h4>
      {fix !== '' && (
        <p>
          <strong>What to change:</strong> {fix}
        </p>
      )}
      {first !== undefined && <CaseRow case={first} />}
      {cases.length > 1 && (
        <button
          type="button"
          class="needs-js"
          aria-pressed={shown === name}
          onClick={() => show(shown === name ? undefined : name)}
        >
          Show all {count}
        </button>
      )}
    </li>
  );
}
