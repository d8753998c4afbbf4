import { useMemo } from 'preact/hooks';
import { findCauses } from '../../conformance/causes.ts';
import { CopyButton } from '../base/CopyButton.tsx';
import { CaseRow } from './CaseRow.tsx';
import { type ConformanceAction, type ConformanceState, countOutcomes, isRunning } from './model.ts';
import { formatResults, presentSections, type SectionResults } from './present.ts';

interface Props {
  readonly state: ConformanceState;
  readonly dispatch: (action: ConformanceAction) => void;
}

const OUTCOMES = ['any', 'failed', 'allowed', 'passed'] as const;

/** What the cases came to: what fails often, then section by section. */
export function Results({ state, dispatch }: Props) {
  const { results, filter } = state;
  const counts = { any: results.length, ...countOutcomes(results) };
  const causes = useMemo(() => findCauses(results), [results]);
  const running = isRunning(state);
  const report = useMemo(() => (running ? '' : formatResults(state)), [results, running]);
  const sections = useMemo(() => presentSections(results, filter), [results, filter]);
  // Whatever else was asked for would hide some of the cases that the button has counted.
  const show = (cause: string | undefined) =>
    dispatch({ type: 'filter', filter: { cause, outcome: 'any', words: '' } });
  return (
    <>
      {causes.length > 0 && (
        <section aria-labelledby="conformance-causes">
          <h3 id="conformance-causes">What fails in several cases</h3>
          <ul class="conformance-causes plain-list">
            {causes.map(({ sentence, count }) => (
              <li key={sentence}>
                <button
                  type="button"
                  aria-pressed={filter.cause === sentence}
                  onClick={() => show(filter.cause === sentence ? undefined : sentence)}
                >
                  {count} cases
                </button>
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div class="conformance-filter needs-js">
        <fieldset>
          <legend>Show</legend>
          {OUTCOMES.map((outcome) => (
            <label key={outcome}>
              <input
                type="radio"
                name="conformance-outcome"
                checked={filter.outcome === outcome}
                onChange={() => dispatch({ type: 'filter', filter: { outcome } })}
              />
              {outcome === 'any' ? 'all' : outcome} ({counts[outcome]})
            </label>
          ))}
        </fieldset>
        <label class="conformance-words">
          with the words
          <input
            type="search"
            value={filter.words}
            onInput={(event) => dispatch({ type: 'filter', filter: { words: event.currentTarget.value } })}
          />
        </label>
        {!running && <CopyButton label="Copy as JSON" text={report} />}
      </div>
      {sections.length === 0 && <p>No case is left. Show all, or take other words.</p>}
      {sections.map((section) => (
        <Section key={section.section} {...section} />
      ))}
    </>
  );
}

function Section({ section, total, failed, short, passed }: SectionResults) {
  const counted = `${total} ${total === 1 ? 'case' : 'cases'}`;
  return (
    <section class="conformance-section">
      <h3>
        {section.startsWith('RFC') ? section : `§${section}`}{' '}
        <span>{failed === 0 ? counted : `${failed} of ${counted} failed`}</span>
      </h3>
      {short.map((each) => (
        <CaseRow key={each.id} case={each} />
      ))}
      {passed.length > 0 && (
        <details class="conformance-passed">
          <summary>{passed.length} passed</summary>
          <ul class="plain-list">
            {passed.map(({ id, title }) => (
              <li key={id}>
                {title} <code>{id}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
