import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import { whyNotRun } from '../../scripts/why-not-run.ts';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { type Companion, useCompanion } from '../base/link/use-companion.ts';
import { browserName } from './browser-name.ts';
import { runLive } from './live-run.ts';
import {
  type ActRow,
  type BreakRulesAction,
  type BreakRulesData,
  type BreakRulesState,
  initialBreakRules,
  reduceBreakRules,
} from './model.ts';
import { presentOutcome } from './present.ts';
import { runSimulatedHere } from './simulated-here.ts';
import { clearStoredOutcomes, readStoredOutcomes, storeRecording } from './storage.ts';

/** What the figure can do beside what its model does alone. */
export interface BreakRules {
  readonly state: BreakRulesState;
  readonly dispatch: (action: BreakRulesAction) => void;
  readonly companion: Companion;
  /** What is wrong with the address. */
  readonly problem: string;
  readonly clear: () => void;
}

const SIMULATED_CLIENT = 'our own client';

/** Joins the model to the world: does the acts, keeps what came of them, and the open act in the address. */
export function useBreakRules(data: BreakRulesData): BreakRules {
  const [state, dispatch] = useReducer(reduceBreakRules, data, initialBreakRules);
  const rows = useRef(new Map(data.groups.flatMap((group) => group.rows).map((row) => [row.name, row])));
  const companion = useCompanion();
  const { state: link } = companion.link;
  const live = link === 'live';

  useEffect(() => {
    if (link === 'example') return;
    const browser = link === 'simulated' ? SIMULATED_CLIENT : browserName(navigator.userAgent);
    dispatch({ type: 'meet', browser });
    if (live) dispatch(recall(browser, rows.current));
  }, [link]);

  useEffect(() => {
    const row = state.running === undefined ? undefined : rows.current.get(state.running);
    if (row === undefined) return;
    let over = false;
    perform(row, live).then(
      (done) => !over && dispatch(done),
      (cause: unknown) => {
        if (over) return;
        dispatch({ type: 'stop' });
        companion.lose(whyNotRun(cause));
      },
    );
    return () => {
      over = true;
    };
  }, [state.running]);

  useEffect(() => {
    if (live && state.outcomes.length > 0) storeRecording({ browser: state.own.browser, outcomes: state.outcomes });
  }, [state.outcomes]);

  const problem = useAct(state, data, dispatch);
  const clear = useCallback(() => {
    clearStoredOutcomes();
    dispatch({ type: 'clear' });
  }, []);
  return { state, dispatch, companion, problem, clear };
}

async function perform({ name, target, order, rule }: ActRow, live: boolean): Promise<BreakRulesAction> {
  const outcome = live ? await runLive(name, target, order) : runSimulatedHere(name);
  return { type: 'done', outcome, shown: presentOutcome(outcome, rule?.name) };
}

/** What this browser did when it was here before. */
function recall(browser: string, rows: ReadonlyMap<string, ActRow>): BreakRulesAction {
  const outcomes = readStoredOutcomes(browser).filter(({ act }) => rows.has(act));
  const shown = outcomes.map((outcome) => presentOutcome(outcome, rows.get(outcome.act)?.rule?.name));
  return { type: 'recall', outcomes, shown };
}

/** `#act=masked-frame&met=Firefox 140` opens that row as that browser met it; what is opened, or done, writes it. @returns what is wrong with the address */
function useAct(
  { opened, running, seen }: BreakRulesState,
  { groups, recorded }: BreakRulesData,
  dispatch: (action: BreakRulesAction) => void,
): string {
  const first = useRef(true);
  // Before the address is read: what comes out of it is not written into it.
  useEffect(() => {
    const met = seen === 'own' ? '' : (recorded[seen]?.browser ?? '');
    if (!first.current && opened !== undefined) write({ act: opened, met });
    first.current = false;
  }, [opened, running, seen]);
  const { write, problem } = useHashParameters((parameters) => {
    const act = groups.flatMap(({ rows }) => rows).find(({ name }) => name === parameters.get('act'))?.name;
    const met = recorded.findIndex(({ browser }) => browser === parameters.get('met'));
    if (act !== undefined) {
      first.current = act !== opened;
      dispatch({ type: 'open', act });
      if (met >= 0) dispatch({ type: 'see', seen: met });
    }
    return sayIgnored(parameters, { act: act ?? '', met: recorded[met]?.browser ?? '' });
  });
  return problem;
}
