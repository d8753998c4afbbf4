import { useMemo, useReducer } from 'preact/hooks';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import type { LinkKeeper } from '../base/link/link-keeper.ts';
import { useKeeper } from '../base/link/use-keeper.ts';
import { type Heads, initialOwnHandshake, NO_LINE, type OwnHandshakeState, reduceOwnHandshake } from './model.ts';
import { type OwnLine, ownLines } from './own-lines.ts';

/** The figure as its view sees it. */
export interface OwnHandshake {
  readonly state: OwnHandshakeState;
  readonly request: readonly OwnLine[];
  readonly response: readonly OwnLine[];
  readonly keeper: LinkKeeper;
  readonly open: (id: string | undefined) => void;
  readonly connectAgain: () => void;
}

const NORMAL_CLOSURE = 1000;

/** Joins the model to the world: the browser's own connection to the echo, and the address. */
export function useOwnHandshake(example: Heads): OwnHandshake {
  const [state, dispatch] = useReducer(reduceOwnHandshake, example, initialOwnHandshake);
  const keeper = useKeeper({
    changed: (link) => dispatch({ type: 'link', link }),
    happened: (events) => dispatch({ type: 'happened', events }),
  });
  const { write } = useHashParameters((parameters) => {
    const id = parameters.get('line');
    if (id !== null) dispatch({ type: 'open', id });
    // Which lines there are is known only when they have come.
    return undefined;
  });

  const { heads, before } = state;
  const request = useMemo(
    () => (heads.request === undefined ? [] : ownLines(heads.request, 'request', before?.request)),
    [heads.request, before],
  );
  const response = useMemo(
    () => (heads.response === undefined ? [] : ownLines(heads.response, 'response', before?.response)),
    [heads.response, before],
  );
  return {
    state,
    request,
    response,
    keeper,
    open(id) {
      dispatch({ type: 'open', id });
      write({ line: id ?? NO_LINE });
    },
    connectAgain() {
      keeper.source?.close(NORMAL_CLOSURE, undefined, `ws.close(${NORMAL_CLOSURE})`);
      keeper.source?.connect();
    },
  };
}
