import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { drawToken } from '../base/source/tap.ts';
import { hashOfToken, tokenOfHash } from './address.ts';
import { INITIAL_WATCH, reduceWatch, type WatchAction, type WatchState } from './model.ts';
import { WatchKeeper } from './watch-keeper.ts';

export interface Watch {
  readonly state: WatchState;
  readonly dispatch: (action: WatchAction) => void;
  /** Undefined until the page runs. */
  readonly token: string | undefined;
  /** Watches a new address; what was seen on the old one goes. */
  readonly renew: () => void;
  /** Looks for the server now. */
  readonly look: () => void;
}

/** Joins the model to the world: a tap on one token, which stands in the address. */
export function useWatch(): Watch {
  const [state, dispatch] = useReducer(reduceWatch, INITIAL_WATCH);
  const [token, setToken] = useState<string>();
  const keeper = useRef<WatchKeeper>();

  useEffect(() => {
    const read = (): void => {
      const found = tokenOfHash(location.hash);
      if (found === undefined) renew();
      else setToken(found);
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);

  useEffect(() => {
    if (token === undefined) return;
    dispatch({ type: 'startOver' });
    const own = new WatchKeeper(token, {
      changed: (link) => dispatch({ type: 'link', link }),
      heard: (messages) => dispatch({ type: 'heard', messages, nowMs: Date.now() }),
    });
    keeper.current = own;
    void own.look();
    return () => own.stop();
  }, [token]);

  const renew = (): void => {
    const drawn = drawToken();
    history.replaceState(history.state, '', hashOfToken(drawn));
    setToken(drawn);
  };
  return { state, dispatch, token, renew, look: () => void keeper.current?.look() };
}
