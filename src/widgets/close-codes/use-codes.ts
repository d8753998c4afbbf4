import { useEffect, useReducer, useRef } from 'preact/hooks';
import { whyNotRun } from '../../scripts/why-not-run.ts';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { type Companion, useCompanion } from '../base/link/use-companion.ts';
import {
  type CodesAction,
  type CodesState,
  initialCodes,
  keyOf,
  linkedTrial,
  reduceCodes,
  type Trial,
  type TrialResult,
} from './model.ts';
import { tryCode } from './try-code.ts';

/** The figure as its view sees it. */
export interface CodesFigure {
  readonly state: CodesState;
  readonly companion: Companion;
  readonly ready: boolean;
  /** What is wrong with the address. */
  readonly problem: string;
  readonly tryOut: (trials: readonly Trial[]) => void;
  /** Opens a frame, or closes it. */
  readonly open: (frame: string) => void;
  readonly stop: () => void;
  readonly clear: () => void;
}

/** Joins the model to connections: the trials in its queue are made one after the other. */
export function useCodes(example: readonly TrialResult[]): CodesFigure {
  const [state, dispatch] = useReducer(reduceCodes, example, initialCodes);
  const companion = useCompanion();
  const { state: link } = companion.link;
  const ready = link === 'live' || link === 'simulated';
  const linked = useRef<Trial>();
  const [next] = state.queue;

  useEffect(() => {
    if (next === undefined) return;
    const control = new AbortController();
    const unlessStopped = (action: CodesAction): void => {
      if (!control.signal.aborted) dispatch(action);
    };
    tryCode(next, link === 'live', control.signal).then(
      (result) => unlessStopped({ type: 'result', result }),
      (cause: unknown) => {
        if (control.signal.aborted) return;
        dispatch({ type: 'problem', problem: whyNotRun(cause) });
        companion.lose('The companion does not answer.');
      },
    );
    return () => control.abort();
  }, [next]);

  const { write, problem } = useHashParameters((parameters) => {
    const found = linkedTrial(parameters);
    // Before it is known whether there is a companion, the trial has to wait.
    if (found === undefined || !ready) linked.current = found;
    else dispatch({ type: 'queue', trials: [found] });
    if (found === undefined) return sayIgnored(parameters, { code: '' });
    const code = parameters.get('code') ?? '';
    // The frame is there once the trial is made.
    if (state.opened !== code) dispatch({ type: 'open', frame: code });
    return undefined;
  });
  useEffect(() => {
    if (!ready || linked.current === undefined) return;
    dispatch({ type: 'queue', trials: [linked.current] });
    linked.current = undefined;
  }, [ready]);
  const tryOut = (trials: readonly Trial[]): void => {
    const [first] = trials;
    if (trials.length === 1 && first !== undefined) write({ code: keyOf(first) });
    dispatch({ type: 'queue', trials });
  };
  const open = (frame: string): void => {
    // Where a frame is closed, its trial stays.
    write({ code: state.opened === frame ? frame.replace(/-\d$/, '') : frame });
    dispatch({ type: 'open', frame });
  };
  return {
    state,
    companion,
    ready,
    problem,
    tryOut,
    open,
    clear: () => dispatch({ type: 'clear' }),
    stop: () => dispatch({ type: 'stop' }),
  };
}
