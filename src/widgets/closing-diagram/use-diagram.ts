import { useEffect, useReducer, useRef } from 'preact/hooks';
import { whyNotRun } from '../../scripts/why-not-run.ts';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { type Companion, useCompanion } from '../base/link/use-companion.ts';
import type { SourceEvent } from '../base/source/source.ts';
import { type DiagramState, initialDiagram, linkedRun, parametersOfRun, reduceDiagram } from './model.ts';
import { playScenario } from './play.ts';
import type { ScenarioName } from './scenarios.ts';

/** The figure as its view sees it: what is, and what can be done. */
export interface DiagramFigure {
  readonly state: DiagramState;
  readonly companion: Companion;
  readonly ready: boolean;
  /** What is wrong with the address. */
  readonly problem: string;
  readonly play: (scenario: ScenarioName) => void;
  readonly stop: () => void;
  readonly go: (to: number) => void;
  readonly toggleFrame: () => void;
}

/** Joins the model to connections, real or simulated, and to the address. */
export function useDiagram(scenario: ScenarioName, example: readonly SourceEvent[]): DiagramFigure {
  const [state, dispatch] = useReducer(reduceDiagram, undefined, () => initialDiagram(scenario, example));
  const companion = useCompanion();
  const { state: link } = companion.link;
  const ready = link === 'live' || link === 'simulated';
  const running = useRef<AbortController>();
  const linked = useRef<ReturnType<typeof linkedRun>>();
  useEffect(() => () => running.current?.abort(), []);

  const run = async (name: ScenarioName, at: number | undefined): Promise<void> => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const unlessStopped = (act: () => void): void => {
      if (!control.signal.aborted) act();
    };
    dispatch({ type: 'start', scenario: name });
    try {
      await playScenario(name, link === 'live', control.signal, (events) =>
        unlessStopped(() => dispatch({ type: 'happened', events })),
      );
      unlessStopped(() => dispatch({ type: 'done', at }));
    } catch (cause) {
      unlessStopped(() => {
        dispatch({ type: 'problem', problem: whyNotRun(cause) });
        companion.lose('The companion does not answer.');
      });
    }
  };
  const { write, problem } = useHashParameters((parameters) => {
    const found = linkedRun(parameters);
    // Before it is known whether there is a companion, the run has to wait.
    if (found === undefined || !ready) linked.current = found;
    else void run(found.scenario, found.at);
    return sayIgnored(parameters, { closing: '', ...(found && parametersOfRun(found.scenario, found.at)) });
  });
  useEffect(() => {
    if (!ready || linked.current === undefined) return;
    void run(linked.current.scenario, linked.current.at);
    linked.current = undefined;
  }, [ready]);
  return {
    state,
    companion,
    ready,
    problem,
    play: (name) => {
      write(parametersOfRun(name, 0));
      void run(name, undefined);
    },
    stop: () => {
      running.current?.abort();
      dispatch({ type: 'problem', problem: 'Stopped, as you asked.' });
    },
    go: (to) => {
      dispatch({ type: 'go', to });
      write(parametersOfRun(state.scenario, Math.max(0, Math.min(to, state.steps.length - 1))));
    },
    toggleFrame: () => dispatch({ type: 'toggleFrame' }),
  };
}
