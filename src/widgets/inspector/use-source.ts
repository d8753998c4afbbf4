import { useCallback, useEffect, useRef } from 'preact/hooks';
import { findCompanion } from './find-companion.ts';
import { type Link, linkLost } from './link.ts';
import { LiveSource } from './live-source.ts';
import type { Source, SourceEvent } from './source.ts';

/** Well after the page has become usable. */
const SIMULATION_LOADS_AFTER_MS = 1500;

/** Apart from the rest: with the companion, the page has no use for a server of its own. */
const loadSimulation = () => import('./simulated-source.ts');

const NO_SIMULATION: Link = {
  state: 'lost',
  why: 'The simulation could not be loaded: the server that has its code is gone. Start it, and try again.',
  attempt: 0,
  waitMs: undefined,
};

/** What a figure does about its source of bytes. */
export interface SourceListener {
  /** The link has changed; a new source begins with `live` or `simulated`. */
  readonly linked: (link: Link) => void;
  readonly happened: (events: readonly SourceEvent[]) => void;
}

export interface SourceControls {
  /** Undefined until a source has been found. */
  readonly source: () => Source | undefined;
  /** Looks for the companion at once. */
  readonly retry: () => void;
  readonly simulate: (why: string) => void;
}

/**
 * A WebSocket whose wire can be seen, for any figure: the browser's own through the companion where it is there, else
 * one inside the page; looked for again when it is lost.
 *
 * @param listener its functions must stay the same from one drawing to the next
 */
export function useSource({ linked, happened }: SourceListener): SourceControls {
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
      loadSimulation().then(
        ({ SimulatedSource }) => {
          linked({ state: 'simulated', why });
          use(new SimulatedSource({ happened, lost: () => {} }));
        },
        () => linked(NO_SIMULATION),
      );
    },
    [use, linked, happened],
  );

  const goLive = useCallback(() => {
    const lose = (why: string, attempt: number) => {
      const link = linkLost(why, attempt);
      linked(link);
      if (link.state !== 'lost' || link.waitMs === undefined) return;
      timer.current = setTimeout(() => {
        void findCompanion().then((answer) => (answer.found ? goLive() : lose(why, attempt + 1)));
      }, link.waitMs);
    };
    linked({ state: 'live', host: location.host });
    // Once the companion is gone, nobody would serve the simulation's code any more.
    setTimeout(() => void loadSimulation().catch(() => {}), SIMULATION_LOADS_AFTER_MS);
    use(new LiveSource({ happened, lost: (why) => lose(why, 0) }));
  }, [use, linked, happened]);

  const retry = useCallback(() => {
    clearTimeout(timer.current);
    linked({ state: 'looking' });
    void findCompanion().then(({ found, why }) => (found ? goLive() : simulate(why)));
  }, [goLive, simulate, linked]);

  useEffect(() => {
    retry();
    return () => use(undefined);
  }, [retry, use]);

  return { source: () => source.current, retry, simulate };
}
