import { type ActRow, type BreakRulesAction, type BreakRulesState, type BrowserColumn, seenOutcome } from './model.ts';
import type { ShownWire } from './present.ts';
import { TakenApart } from './TakenApart.tsx';
import { WireList } from './WireList.tsx';

interface Props {
  readonly row: ActRow;
  readonly columns: readonly BrowserColumn[];
  readonly recorded: readonly BrowserColumn[];
  readonly state: BreakRulesState;
  readonly dispatch: (action: BreakRulesAction) => void;
}

/** One mistake: what the server did, what was on the wire, what JavaScript was told. */
export function ActDetail({ row, columns, recorded, state, dispatch }: Props) {
  const outcome = seenOutcome(state, recorded);
  return (
    <div class="act-detail">
      <fieldset class="act-seen">
        <legend>Seen in</legend>
        {columns.map(({ browser, outcomes }, index) => {
          const seen = index === 0 ? 'own' : index - 1;
          return (
            <label key={index}>
              <input
                type="radio"
                name="act-seen"
                checked={state.seen === seen}
                disabled={outcomes[row.name] === undefined}
                onChange={() => dispatch({ type: 'see', seen })}
              />{' '}
              {browser}
              {index > 0 && ', recorded'}
            </label>
          );
        })}
      </fieldset>
      <div class="act-columns">
        <div>
          <h4>What the server did</h4>
          <p>{row.does}</p>
          <p class="act-rule">
            {row.rule === undefined ? 'This breaks no rule.' : `Rule: ${row.rule.requirement}`} RFC 6455 §{row.section}.
          </p>
        </div>
        <div>
          <h4>On the wire</h4>
          {outcome === undefined ? (
            <p class="act-none">Not run yet.</p>
          ) : (
            <WireList
              wire={outcome.wire}
              end={endOf(outcome.wire)}
              taken={state.taken}
              onTake={(place) => dispatch({ type: 'take', place })}
            />
          )}
        </div>
        <div>
          <h4>What JavaScript was told</h4>
          {outcome !== undefined && (
            <ol class="act-told">
              {outcome.told.map((told, index) => (
                <li key={index}>{told}</li>
              ))}
            </ol>
          )}
        </div>
      </div>
      {outcome !== undefined && (
        <p class="verdict" data-tone={outcome.verdict.tone} role="status">
          {outcome.verdict.sentence}
        </p>
      )}
      {outcome !== undefined && state.taken !== undefined && <TakenApart wire={outcome.wire} place={state.taken} />}
    </div>
  );
}

function endOf(wire: readonly ShownWire[]): string {
  const answered = wire.some(({ from }) => from === 'client');
  return answered ? 'TCP ends' : 'TCP ends; the browser sent nothing';
}
