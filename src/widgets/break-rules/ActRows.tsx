import { ActDetail } from './ActDetail.tsx';
import type { ActRow, ActRowGroup, BreakRulesAction, BreakRulesState, BrowserColumn } from './model.ts';

interface Props {
  readonly group: ActRowGroup;
  readonly columns: readonly BrowserColumn[];
  readonly recorded: readonly BrowserColumn[];
  readonly state: BreakRulesState;
  readonly ready: boolean;
  readonly dispatch: (action: BreakRulesAction) => void;
}

const WORDS = { fails: 'closes', takes: 'accepts it' } as const;
/** Whether the reaction is right; a rule that binds only the sender leaves it open. */
const MARKS = { ok: ' ✓', danger: ' ✗', info: '' } as const;

/** The rows of one group; below the open one, its details. */
export function ActRows({ group, columns, recorded, state, ready, dispatch }: Props) {
  return (
    <tbody>
      <tr class="break-group">
        <th scope="rowgroup" colSpan={columns.length + 1}>
          {group.title}
        </th>
      </tr>
      {group.rows.map((row) => (
        <Row key={row.name} {...{ row, columns, recorded, state, ready, dispatch }} />
      ))}
    </tbody>
  );
}

function Row({ row, columns, recorded, state, ready, dispatch }: Omit<Props, 'group'> & { readonly row: ActRow }) {
  const open = state.opened === row.name;
  const running = state.running === row.name;
  const id = `act-${row.name}`;
  return (
    <>
      <tr class="break-row" data-open={open || undefined}>
        <th scope="row">
          <button
            type="button"
            class="break-title"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => dispatch({ type: 'toggle', act: row.name })}
          >
            {row.title}
          </button>
          <span class="break-section">§{row.section}</span>
        </th>
        {columns.map(({ browser, outcomes }, index) => {
          const outcome = outcomes[row.name];
          return (
            <td
              key={index}
              data-column={index === 0 ? browser : `${browser}, recorded`}
              data-tone={outcome?.verdict.tone}
            >
              {outcome !== undefined && (
                <>
                  <b>{WORDS[outcome.reaction] + MARKS[outcome.verdict.tone]}</b> <span>{outcome.brief}</span>
                </>
              )}
              {index === 0 && (
                <button
                  type="button"
                  class="break-do needs-js"
                  disabled={!ready || state.running !== undefined}
                  aria-label={`${outcome === undefined ? 'Run' : 'Run again'}: ${row.title}`}
                  onClick={() => dispatch({ type: 'run', acts: [row.name] })}
                >
                  {running ? '…' : outcome === undefined ? 'Run' : 'Run again'}
                </button>
              )}
            </td>
          );
        })}
      </tr>
      <tr id={id} hidden={!open} class="break-detail">
        {open && (
          <td colSpan={columns.length + 1}>
            <ActDetail row={row} columns={columns} recorded={recorded} state={state} dispatch={dispatch} />
          </td>
        )}
      </tr>
    </>
  );
}
