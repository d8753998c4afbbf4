import {
  answerOf,
  type ClientRulesAction,
  type ClientRulesData,
  type ClientRulesState,
  outcomeShown,
  TYPED,
} from './client-model.ts';
import { TakenApart } from './TakenApart.tsx';
import { WireList } from './WireList.tsx';

interface Props {
  readonly data: ClientRulesData;
  readonly state: ClientRulesState;
  readonly dispatch: (action: ClientRulesAction) => void;
}

/** A row for each rule that a client can break, and a first one for the reader's own bytes. */
export function ClientRows({ data, state, dispatch }: Props) {
  const sentOwn = state.outcomes[TYPED] !== undefined || state.sending?.name === TYPED;
  return (
    <table class="break-table client-table">
      <caption class="visually-hidden">Rules that a client breaks, and the companion’s answers</caption>
      <thead>
        <tr>
          <th scope="col">The rule that the client breaks</th>
          <th scope="col">The companion answers</th>
        </tr>
      </thead>
      <tbody>
        {sentOwn && <Row name={TYPED} title="Your own bytes" {...{ data, state, dispatch }} />}
        {data.rows.map(({ name, requirement, section, hex }) => (
          <Row key={name} {...{ name, section, hex, data, state, dispatch }} title={requirement} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Props {
  readonly name: string;
  readonly title: string;
  readonly section?: string;
  /** Undefined for the reader's own bytes, which have a Send button of their own. */
  readonly hex?: string;
}

function Row({ name, title, section, hex, data, state, dispatch }: RowProps) {
  const open = state.opened === name;
  const id = `client-${name}`;
  const shown = outcomeShown(state, data.worked, name);
  return (
    <>
      <tr class="break-row" data-open={open || undefined}>
        <th scope="row">
          <button
            type="button"
            class="break-title"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => dispatch({ type: 'toggle', name })}
          >
            {title}
          </button>
          {section !== undefined && <span class="break-section">§{section}</span>}
        </th>
        <td data-column="answer">
          {shown !== undefined && (
            <>
              <b>{shown.sent ? 'sent' : 'computed'}</b> <span>{answerOf(shown.outcome)}</span>
            </>
          )}
          {hex !== undefined && (
            <button
              type="button"
              class="break-do needs-js"
              disabled={state.sending !== undefined}
              aria-label={`Send: ${title}`}
              onClick={() => dispatch({ type: 'send', name, hex })}
            >
              {state.sending?.name === name ? '…' : 'Send'}
            </button>
          )}
        </td>
      </tr>
      <tr id={id} hidden={!open} class="break-detail">
        {open && (
          <td colSpan={2}>
            <div class="act-detail">
              {shown === undefined ? (
                <p class="act-none">Waiting for the answer …</p>
              ) : (
                <>
                  <WireList
                    wire={shown.outcome.wire}
                    end={shown.outcome.end}
                    taken={state.taken}
                    onTake={(place) => dispatch({ type: 'take', place })}
                  />
                  {state.taken !== undefined && <TakenApart wire={shown.outcome.wire} place={state.taken} />}
                </>
              )}
            </div>
          </td>
        )}
      </tr>
    </>
  );
}
