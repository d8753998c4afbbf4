import './break-rules.css';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { ActRows } from './ActRows.tsx';
import { type BreakRulesData, countOf } from './model.ts';
import { useBreakRules } from './use-break-rules.ts';

/** A button for each thing that a server can do wrong, and what browsers make of it. */
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
              Do all {rows.length}
            </button>
          ) : (
            <button type="button" onClick={() => dispatch({ type: 'stop' })}>
              Stop
            </button>
          )}
          <p role="status">{state.left.length > 0 ? `Number ${done} of ${rows.length}` : problem}</p>
          <button
            type="button"
            disabled={Object.keys(state.own.outcomes).length === 0 || state.running !== undefined}
            onClick={clear}
          >
            Forget {state.own.browser === 'your browser' ? 'my results' : `${state.own.browser}’s results`}
          </button>
        </div>
        <table class="break-table">
          <caption class="visually-hidden">What a server does, and what each browser makes of it</caption>
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
              <th scope="row">Broken rules that fail the connection</th>
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
        example="What was recorded of two browsers. With JavaScript on, and the companion running, the first column is your own."
        live={`The companion misbehaves towards this browser, ${state.own.browser}, on connections of their own, and records what it answers. The results are kept in this browser until you have it forget them.`}
        simulated="In the first column our own client stands in your browser’s place, and both ends run inside this page."
      />
    </section>
  );
}

function whoseOf(link: string): string {
  if (link === 'simulated') return 'simulated here';
  return link === 'live' || link === 'lost' ? 'this one, yours' : 'this one';
}
