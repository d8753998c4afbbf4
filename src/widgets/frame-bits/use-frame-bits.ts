import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { formatHex } from '../../bytes/hex.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import type { Link } from '../base/link/link.ts';
import type { LinkKeeper } from '../base/link/link-keeper.ts';
import type { Draft, Sender } from '../base/own-frames/message.ts';
import { useOwnFrames } from '../base/own-frames/use-own-frames.ts';
import { linkedBytes, linkOf } from './address.ts';
import { type FrameBitsAction, type FrameBitsState, initialFrameBits, reduceFrameBits } from './model.ts';

/** The figure as its view sees it. */
export interface FrameBits {
  readonly state: FrameBitsState;
  readonly dispatch: (action: FrameBitsAction) => void;
  readonly link: Link;
  readonly keeper: LinkKeeper;
  /** What is wrong with the frame in the address; empty if nothing is. */
  readonly problem: string;
  readonly draft: Draft;
  /** The end whose frame is shown. */
  readonly show: Sender;
  readonly change: (draft: Draft) => void;
  readonly send: (draft: Draft) => void;
  readonly showFrom: (sender: Sender) => void;
}

/** Connects the model to the browser's own frames, which go to the echo and back, and to the address. */
export function useFrameBits(example: Uint8Array, firstDraft: Draft): FrameBits {
  const [state, dispatch] = useReducer(reduceFrameBits, example, (bytes) =>
    initialFrameBits(bytes, 'client', 'example'),
  );
  const [draft, setDraft] = useState(firstDraft);
  const [show, setShow] = useState<Sender>('client');
  // Only the reader's own actions change the address.
  const acted = useRef(false);

  const { frames, keeper, link } = useOwnFrames((taken) => dispatch({ type: 'take', ...taken }), firstDraft);
  const { write, problem } = useHashParameters((parameters) => {
    const linked = linkedBytes(parameters);
    if (linked === undefined) return undefined;
    // A reader who follows a link to a frame wants to see that one.
    frames.forgetWaiting();
    if ('problem' in linked) return linked.problem;
    dispatch({ type: 'take', ...linked, origin: 'address', baseline: example });
    return undefined;
  });
  const { bytes } = state.stream;
  useEffect(() => {
    const address = linkOf(formatHex(bytes));
    if (acted.current && address !== undefined) write(address);
  }, [bytes]);

  return {
    state,
    link,
    keeper,
    problem,
    draft,
    show,
    dispatch(action) {
      if (action.type !== 'view') acted.current = true;
      dispatch(action);
    },
    change: setDraft,
    send(message) {
      acted.current = true;
      frames.send(message, keeper.source);
    },
    showFrom(sender) {
      acted.current = true;
      setShow(sender);
      frames.show(sender);
    },
  };
}
