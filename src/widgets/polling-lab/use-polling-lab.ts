import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { PollingSettings } from '../../companion/polling.ts';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { type Companion, useCompanion } from '../base/link/use-companion.ts';
import type { Layers } from '../base/polling-cost/overhead.ts';
import { clampSettings, INITIAL_LAB, type LabAction, type LabState, reduceLab } from './model.ts';
import { runLive } from './run-live.ts';

/** The state of the figure, and what the reader can do with it. */
export interface PollingLabFigure {
  readonly state: LabState;
  readonly companion: Companion;
  readonly dispatch: (action: LabAction) => void;
  /** What is wrong with the address, if anything. */
  readonly problem: string;
  readonly change: (settings: Partial<PollingSettings>) => void;
  readonly count: (layer: keyof Layers, on: boolean) => void;
  readonly run: () => void;
  readonly stop: () => void;
}

/** Connects the model to the companion and to the address. */
export function usePollingLab(): PollingLabFigure {
  const [state, dispatch] = useReducer(reduceLab, INITIAL_LAB);
  const companion = useCompanion();
  const { link } = companion;
  const simulates = link.state === 'simulated';
  const leave = useRef<(() => void) | undefined>(undefined);
  const { write, problem } = useHashParameters((asked) => {
    const settings = settingsOf(asked);
    dispatch({ type: 'settings', settings, simulates });
    return sayIgnored(asked, parametersOf(settings));
  });
  useEffect(() => {
    if (simulates) dispatch({ type: 'simulate' });
  }, [simulates]);
  useEffect(() => () => leave.current?.(), []);
  const change = (values: Partial<PollingSettings>): void => {
    const settings = clampSettings({ ...state.settings, ...values });
    dispatch({ type: 'settings', settings, simulates });
    write(parametersOf(settings));
  };
  const run = (): void => {
    dispatch({ type: 'start' });
    leave.current?.();
    leave.current = runLive(state.settings, {
      came: (events) => dispatch({ type: 'came', events }),
      done: (result) => dispatch({ type: 'done', result }),
      failed: (sentence) => dispatch({ type: 'fail', sentence }),
      lost(why) {
        dispatch({ type: 'fail', sentence: why });
        companion.lose(why);
      },
    });
  };
  const stop = (): void => {
    leave.current?.();
    dispatch({ type: 'stop' });
  };
  const count = (layer: keyof Layers, on: boolean) => dispatch({ type: 'layer', layer, on });
  return { state, companion, dispatch, problem, change, count, run, stop };
}

const parametersOf = ({ delayMs, everyMs, pollMs }: PollingSettings) => ({
  delay: String(delayMs),
  every: String(everyMs),
  poll: String(pollMs),
});

function settingsOf(asked: URLSearchParams): PollingSettings {
  const first = INITIAL_LAB.settings;
  const number = (name: string, otherwise: number) => {
    const text = asked.get(name) ?? '';
    return /^\d{1,4}$/.test(text) ? Number(text) : otherwise;
  };
  return clampSettings({
    delayMs: number('delay', first.delayMs),
    everyMs: number('every', first.everyMs),
    pollMs: number('poll', first.pollMs),
  });
}
