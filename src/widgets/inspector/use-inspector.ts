import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import { frameOfHash, hashOfFrame } from './address.ts';
import { findCompanion } from './find-companion.ts';
import { linkLost } from './link.ts';
import { LiveSource } from './live-source.ts';
import {
  type InspectorAction,
  type InspectorState,
  initialInspectorState,
  openedHex,
  reduceInspector,
} from './model.ts';
import type { Source, SourceEvent } from './source.ts';

/** The inspector as its view sees it: what is, and what can be done. */
export interface Inspector {
  readonly state: InspectorState;
  readonly dispatch: (action: InspectorAction) => void;
  /** Undefined until a source has been found. */
  readonly source: Source | undefined;
  /** Looks for the companion at once. */
  readonly retry: () => void;
  readonly simulate: (why: string) => void;
}

/** Joins the model to the world: finds the companion, keeps a source, and the opened frame in the address. */
export function useInspector(example: readonly SourceEvent[]): Inspector {
  const [state, dispatch] = useReducer(reduceInspector, example, initialInspectorState);
  const source = useRef<Source | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const use = useCallback((next: Source | undefined) => {
    clearTimeout(timer.current);
    source.current?.stop();
    source.current = next;
    next?.connect();
  }, []);

  const simulate = useCallback(
    (why: string) => {
      // Loaded only where it is needed: with the companion, the page has no use for a server of its own.
      void import('./simulated-source.ts').then(({ SimulatedSource }) => {
        dispatch({ type: 'link', link: { state: 'simulated', why } });
        use(new SimulatedSource({ happened: (events) => dispatch({ type: 'happened', events }), lost: () => {} }));
      });
    },
    [use],
  );

  const goLive = useCallback(() => {
    const lose = (why: string, attempt: number) => {
      const link = linkLost(why, attempt);
      dispatch({ type: 'link', link });
      if (link.state !== 'lost' || link.waitMs === undefined) return;
      timer.current = setTimeout(() => {
        void findCompanion().then((answer) => (answer.found ? goLive() : lose(why, attempt + 1)));
      }, link.waitMs);
    };
    dispatch({ type: 'link', link: { state: 'live', host: location.host } });
    use(new LiveSource({ happened: (events) => dispatch({ type: 'happened', events }), lost: (why) => lose(why, 0) }));
  }, [use]);

  const start = useCallback(() => {
    clearTimeout(timer.current);
    dispatch({ type: 'link', link: { state: 'looking' } });
    void findCompanion().then(({ found, why }) => (found ? goLive() : simulate(why)));
  }, [goLive, simulate]);

  useEffect(() => {
    start();
    return () => use(undefined);
  }, [start, use]);

  useAddress(state, dispatch);
  return { state, dispatch, source: source.current, retry: start, simulate };
}

/** `#f=…` opens a frame, and the frame that is opened writes it. */
function useAddress(state: InspectorState, dispatch: (action: InspectorAction) => void): void {
  const hex = openedHex(state);
  const written = useRef(hex);
  useEffect(() => {
    const read = () => {
      void frameOfHash(location.hash).then((linked) => {
        if (linked !== undefined) dispatch({ type: 'openLinked', linked });
      });
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, [dispatch]);
  useEffect(() => {
    if (hex === written.current) return;
    written.current = hex;
    const hash = hex === undefined ? undefined : hashOfFrame(hex);
    if (hash === undefined && !location.hash.startsWith('#f=')) return;
    history.replaceState(history.state, '', hash ?? location.pathname + location.search);
  }, [hex]);
}
