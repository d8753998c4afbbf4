import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { LinkKeeper } from '../base/link/link-keeper.ts';
import { useKeeper } from '../base/link/use-keeper.ts';
import type { SourceEvent } from '../base/source/source.ts';
import { frameOfHash, hashOfFrame } from './address.ts';
import {
  type InspectorAction,
  type InspectorState,
  initialInspectorState,
  openedHex,
  reduceInspector,
} from './model.ts';

/** The inspector as its view sees it: what is, and what can be done. */
export interface Inspector {
  readonly state: InspectorState;
  readonly dispatch: (action: InspectorAction) => void;
  readonly keeper: LinkKeeper;
}

/** Joins the model to the world: a source that is kept going, and the opened frame in the address. */
export function useInspector(example: readonly SourceEvent[]): Inspector {
  const [state, dispatch] = useReducer(reduceInspector, example, initialInspectorState);
  const keeper = useKeeper({
    changed: (link) => dispatch({ type: 'link', link }),
    happened: (events) => dispatch({ type: 'happened', events }),
  });
  useAddress(openedHex(state), dispatch);
  return { state, dispatch, keeper };
}

/** `#f=…` opens a frame, and the frame that is opened writes it. */
function useAddress(hex: string | undefined, dispatch: (action: InspectorAction) => void): void {
  const written = useRef(hex);
  useEffect(() => {
    const read = () => {
      const linked = frameOfHash(location.hash);
      if (linked !== undefined) dispatch({ type: 'openLinked', linked });
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
