import './break-rules.css';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { ActRows } from './ActRows.tsx';
import { type BreakRulesData, countOf } from './model.ts';
import { useBreakRules } from './use-break-rules.ts';

/** A button for each mistake that a server can make, and how browsers react. */
export default function BreakRules(data: BreakRulesData) {
  const { state, dispatch, companion, problem, clear } = useBreakRules(data);
  const { link } = companion;
  const rows = data.groups.flatMap((group) => group.rows);
  const columns = [state.own, ...data.recorded];
  const ready = link.state === 'live' || link.state === 'simulated';
  const done = rows.length - state.left.length;
  return (
    <section class="figure wide break-rules" id="break-rules" aria-labelledby="break-rules-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="break-rules-title">
          What browsers do when a server breaks the rules
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body">
        <div class="break-bar needs-js">
          {state.left.length === 0 ? (
            <button
              type="button"
              class="primary"
              disabled={!ready || state.running !== undefined}
              onClick={() => dispatch({ type: 'run', acts: rows.map(({ name }) => name) })}
            >
              Run all {rows.length}
            </button>
          ) : (
            <button type="button" onClick={() => dispatch({ type: 'stop' })}>
              Stop
            </button>
          )}
          <p role="status">{state.left.length > 0 ? `Running ${done} of ${rows.length}` : problem}</p>
          <button
            type="button"
            disabled={Object.keys(state.own.outcomes).length === 0 || state.running !== undefined}
            onClick={clear}
          >
            Clear my results
          </button>
        </div>
        <table class="break-table">
          <caption class="visually-hidden">What the server sends, and how each browser reacts</caption>
          <thead>
            <tr>
              <th scope="col">The server sends</th>
              {columns.map(({ browser }, index) => (
                <th scope="col" key={index}>
                  {browser}
                  <span>{index === 0 ? whoseOf(link.state) : 'recorded'}</span>
                </th>
              ))}
            </tr>
          </thead>
          {data.groups.map((group) => (
            <ActRows
              key={group.title}
              group={group}
              columns={columns}
              state={state}
              recorded={data.recorded}
              ready={ready}
              dispatch={dispatch}
            />
          ))}
          <tfoot>
            <tr>
              <th scope="row">Broken rules on which the browser closes</th>
              {columns.map((column) => {
                const { fails, of } = countOf(column, rows);
                return <td key={column.browser}>{of === 0 ? '' : `${fails} of ${of}`}</td>;
              })}
            </tr>
          </tfoot>
        </table>
      </div>
      <LinkNote
        {...companion}
        example="Recorded with two browsers. With JavaScript on and the companion running, the first column is your own browser."
        live={`The companion breaks rules against this browser, ${state.own.browser}, on separate connections, and records the answers. The results stay in this browser until you clear them.`}
        simulated="The first column is our own client in place of your browser. Both ends run inside this page."
      />
    </section>
  );
}

function whoseOf(link: string): string {
  if (link === 'simulated') return 'simulated here';
  return link === 'live' || link === 'lost' ? 'yours' : 'not run yet';
}
