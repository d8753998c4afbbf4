import { useMemo, useRef } from 'preact/hooks';
import { findCauses } from '../../conformance/causes.ts';
import { CopyButton } from '../base/CopyButton.tsx';
import { CaseRow } from './CaseRow.tsx';
import { Causes } from './Causes.tsx';
import { type ConformanceAction, type ConformanceState, countOutcomes, isRunning } from './model.ts';
import { filterCases, formatResults, presentSections, type SectionResults } from './present.ts';

interface Props {
  readonly state: ConformanceState;
  readonly dispatch: (action: ConformanceAction) => void;
}

const OUTCOMES = ['any', 'failed', 'allowed', 'passed'] as const;

/** The results: the likely causes first, then every case, section by section. */
export function Results({ state, dispatch }: Props) {
  const { results, filter } = state;
  const list = useRef<HTMLDivElement>(null);
  const counts = { any: results.length, ...countOutcomes(results) };
  const causes = useMemo(() => findCauses(results), [results]);
  const running = isRunning(state);
  const report = useMemo(() => (running ? '' : formatResults(state)), [results, running]);
  const sections = useMemo(() => presentSections(results, filter), [results, filter]);
  const shownCause = causes.find(({ name }) => name === filter.cause);
  // Any other filter would hide some of the cases that the button counted.
  const show = (cause: string | undefined) => {
    dispatch({ type: 'filter', filter: { cause, outcome: 'any', words: '' } });
    if (cause !== undefined) list.current?.scrollIntoView({ behavior: 'instant' });
  };
  return (
    <>
      <Causes causes={causes} shown={filter.cause} show={show} />
      <div class="conformance-filter needs-js" ref={list}>
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
        {shownCause !== undefined && (
          <p class="conformance-chip">
            {filterCases(results, filter).length} of {results.length} cases
            <button type="button" onClick={() => show(undefined)}>
              {shownCause.title} <span aria-hidden="true">✕</span>
              <span class="visually-hidden">: show all cases again</span>
            </button>
          </p>
        )}
      </div>
      {sections.length === 0 && <p>No case matches. Choose “all”, or change the words.</p>}
      <div class="conformance-list">
        {sections.map((section) => (
          <Section key={section.section} {...section} />
        ))}
      </div>
    </>
  );
}

function Section({ section, total, failed, notPassed, passed }: SectionResults) {
  const counted = `${total} ${total === 1 ? 'case' : 'cases'}`;
  return (
    <section class="conformance-section">
      <h3>
        {section.startsWith('RFC') ? section : `§${section}`}{' '}
        <span>{failed === 0 ? counted : `${failed} of ${counted} failed`}</span>
      </h3>
      {notPassed.map((each) => (
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
