import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import { findCompanion } from '../inspector/find-companion.ts';
import { whyNotRun } from '../raw/why-not-run.ts';
import { useHashParameters } from '../use-hash-parameters.ts';
import { browserName } from './browser-name.ts';
import { clearKept, readKept, writeKept } from './kept.ts';
import { runLive } from './live-run.ts';
import {
  type ActRow,
  type BreakRulesAction,
  type BreakRulesData,
  type BreakRulesState,
  initialBreakRules,
  reduceBreakRules,
} from './model.ts';
import type { Outcome } from './outcome.ts';

/** What the figure can do beside what its model does alone. */
export interface BreakRules {
  readonly state: BreakRulesState;
  readonly dispatch: (action: BreakRulesAction) => void;
  /** Looks for the companion. */
  readonly look: () => void;
  readonly clear: () => void;
}

const SIMULATED_CLIENT = 'our own client';

/** Joins the model to the world: does the acts, keeps what came of them, and the open act in the address. */
export function useBreakRules(data: BreakRulesData): BreakRules {
  const [state, dispatch] = useReducer(reduceBreakRules, data, initialBreakRules);
  const rows = useRef(new Map(data.groups.flatMap((group) => group.rows).map((row) => [row.name, row])));
  const live = state.link.state === 'live';

  const look = useCallback(() => {
    dispatch({ type: 'link', link: { state: 'looking' }, browser: browserName(navigator.userAgent) });
    void findCompanion().then(({ found, why }) => {
      const browser = found ? browserName(navigator.userAgent) : SIMULATED_CLIENT;
      dispatch({
        type: 'link',
        link: found ? { state: 'live', host: location.host } : { state: 'simulated', why },
        browser,
      });
      if (found) void recall(browser, rows.current).then(dispatch);
    });
  }, []);
  useEffect(look, [look]);

  useEffect(() => {
    const row = state.running === undefined ? undefined : rows.current.get(state.running);
    if (row === undefined) return;
    let over = false;
    const { browser } = state.own;
    perform(row, live).then(
      (done) => !over && dispatch(done),
      (cause: unknown) => {
        if (over) return;
        dispatch({ type: 'stop' });
        dispatch({ type: 'link', link: lostBecause(cause), browser });
      },
    );
    return () => {
      over = true;
    };
  }, [state.running]);

  useEffect(() => {
    if (live && state.outcomes.length > 0) writeKept({ browser: state.own.browser, outcomes: state.outcomes });
  }, [state.outcomes]);

  useAct(state, rows.current, dispatch);
  const clear = useCallback(() => {
    clearKept();
    dispatch({ type: 'clear' });
  }, []);
  return { state, dispatch, look, clear };
}

async function perform({ name, target, order, rule }: ActRow, live: boolean): Promise<BreakRulesAction> {
  const { presentOutcome } = await import('./present.ts');
  const outcome = live ? await runLive(name, target, order) : await simulate(name);
  return { type: 'done', outcome, shown: presentOutcome(outcome, rule?.name) };
}

async function simulate(name: string): Promise<Outcome> {
  const { runSimulatedHere } = await import('./simulated-here.ts');
  return runSimulatedHere(name);
}

async function recall(browser: string, rows: ReadonlyMap<string, ActRow>): Promise<BreakRulesAction> {
  const outcomes = readKept(browser).filter(({ act }) => rows.has(act));
  if (outcomes.length === 0) return { type: 'recall', outcomes: [], shown: [] };
  const { presentOutcome } = await import('./present.ts');
  const shown = outcomes.map((outcome) => presentOutcome(outcome, rows.get(outcome.act)?.rule?.name));
  return { type: 'recall', outcomes, shown };
}

function lostBecause(cause: unknown): BreakRulesState['link'] {
  const why = whyNotRun(cause);
  return { state: 'lost', why, attempt: 0, waitMs: undefined };
}

/** `#act=masked-frame` opens that row; the row that is opened, or done, writes it. */
function useAct(
  { opened, running }: BreakRulesState,
  rows: ReadonlyMap<string, ActRow>,
  dispatch: (action: BreakRulesAction) => void,
): void {
  const write = useHashParameters((parameters) => {
    const act = parameters.get('act');
    if (act !== null && rows.has(act)) dispatch({ type: 'open', act });
  });
  const first = useRef(true);
  useEffect(() => {
    if (!first.current && opened !== undefined) write({ act: opened });
    first.current = false;
  }, [opened, running]);
}
