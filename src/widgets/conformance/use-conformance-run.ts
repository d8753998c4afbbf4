import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { stageNumbered } from '../../conformance/stages.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { findCompanion } from '../base/link/find-companion.ts';
import {
  type ConformanceAction,
  type ConformanceRecording,
  type ConformanceState,
  initialConformance,
  reduceConformance,
} from './model.ts';
import { type LiveRun, runConformance } from './run-conformance.ts';

/** Whether a companion is there that can run the suite. */
export type Companion =
  | { readonly state: 'looking' }
  | { readonly state: 'live'; readonly host: string }
  | { readonly state: 'absent'; readonly why: string };

/** The state of the figure, and its actions. */
export interface ConformanceRun {
  readonly state: ConformanceState;
  readonly companion: Companion;
  readonly dispatch: (action: ConformanceAction) => void;
  readonly look: () => void;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Connects the model to the companion and to the page's address, which keeps the form: `#url=ws://…&only=5.5&stage=4`. */
export function useConformanceRun(example: ConformanceRecording): ConformanceRun {
  const [state, dispatch] = useReducer(reduceConformance, example, initialConformance);
  const [companion, setCompanion] = useState<Companion>({ state: 'looking' });
  const live = useRef<LiveRun | undefined>(undefined);

  const look = useCallback(() => {
    setCompanion({ state: 'looking' });
    void findCompanion().then(({ found, why }) =>
      setCompanion(found ? { state: 'live', host: location.host } : { state: 'absent', why }),
    );
  }, []);
  useEffect(look, [look]);
  useEffect(() => () => live.current?.leave(), []);

  // A link fills in the form. Only the reader starts a run.
  const { write } = useHashParameters((parameters) => {
    const url = parameters.get('url');
    const only = parameters.get('only');
    const stage = stageNumbered(Number(parameters.get('stage')))?.number;
    if (url !== null) dispatch({ type: 'fill', form: { url, only: only ?? '', stage: String(stage ?? '') } });
    return undefined;
  });

  const start = (): void => {
    write({ url: state.form.url, stage: state.form.stage, only: state.form.only });
    dispatch({ type: 'start' });
    live.current?.leave();
    live.current = runConformance(
      state.form,
      (answers) => dispatch({ type: 'report', answers }),
      (why) => {
        dispatch({ type: 'lose', why });
        look();
      },
    );
  };
  const stop = (): void => {
    dispatch({ type: 'stop' });
    live.current?.stop();
  };
  return { state, companion, dispatch, look, start, stop };
}
