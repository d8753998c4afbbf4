import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks';
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

/** Whether there is a companion that can check a server. */
export type Companion =
  | { readonly state: 'looking' }
  | { readonly state: 'live'; readonly host: string }
  | { readonly state: 'absent'; readonly why: string };

/** What the figure can do beside what its model does alone. */
export interface ConformanceRun {
  readonly state: ConformanceState;
  readonly companion: Companion;
  readonly dispatch: (action: ConformanceAction) => void;
  readonly look: () => void;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Joins the model to the companion and to the address, in which the form is kept: `#url=ws://…&only=5.5`. */
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

  // A link fills the form in; only its reader starts the run.
  const { write } = useHashParameters((parameters) => {
    const url = parameters.get('url');
    const only = parameters.get('only');
    if (url !== null) dispatch({ type: 'fill', form: { url, only: only ?? '' } });
    return undefined;
  });

  const start = (): void => {
    write({ url: state.form.url, only: state.form.only });
    dispatch({ type: 'start' });
    live.current?.leave();
    live.current = runConformance(
      state.form,
      (answers) => dispatch({ type: 'told', answers }),
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
