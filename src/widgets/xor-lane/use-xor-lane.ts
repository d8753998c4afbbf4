import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { bytesOfHex } from '../../bytes/hex.ts';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import type { Link } from '../base/link/link.ts';
import type { LinkKeeper } from '../base/link/link-keeper.ts';
import { useOwnFrames } from '../base/own-frames/use-own-frames.ts';
import { laneOfParameters, parametersOfLane, placesOfLane } from './address.ts';
import { type MaskedFrame, readMaskedFrame } from './masked-frame.ts';
import { initialXorLane, reduceXorLane, shownLength, type XorLaneAction, type XorLaneState } from './model.ts';

/** The figure as its view sees it. */
export interface XorLaneFigure {
  readonly state: XorLaneState;
  readonly dispatch: (action: XorLaneAction) => void;
  readonly link: Link;
  readonly keeper: LinkKeeper;
  /** What is wrong with the places in the address. */
  readonly problem: string;
  readonly send: (text: string) => void;
  readonly playing: boolean;
  readonly play: () => void;
  readonly pause: () => void;
}

/** Joins the model to the world: the frames that the reader's browser sends, the clock, and the address. */
export function useXorLane(exampleHex: string, text: string): XorLaneFigure {
  const [state, dispatch] = useReducer(reduceXorLane, exampleHex, laneOfExample);
  const acted = useRef(false);
  const { frames, keeper, link } = useOwnFrames(({ bytes, origin }) => dispatch({ type: 'take', bytes, origin }), {
    text,
    as: 'text',
  });

  const { write, problem } = useHashParameters((parameters) => {
    const linked = laneOfParameters(parameters);
    if (linked === undefined) return undefined;
    // Who comes with a frame wants to see that one.
    frames.forgetWaiting();
    dispatch(
      'problem' in linked ? { type: 'problem', problem: linked.problem } : { type: 'open', state: linked.state },
    );
    // A frame or a key that is none is said elsewhere.
    return 'problem' in linked ? undefined : sayIgnored(parameters, placesOfLane(linked.state));
  });
  // The address is the reader's: it changes only by what the reader does.
  useEffect(() => {
    if (acted.current) write(parametersOfLane(state));
  }, [state]);

  const act = (action: XorLaneAction): void => {
    acted.current = true;
    dispatch(action);
  };
  const clock = usePlaying(state, dispatch);
  return {
    state,
    dispatch(action) {
      clock.pause();
      act(action);
    },
    link,
    keeper,
    problem,
    send(message) {
      acted.current = true;
      clock.pause();
      frames.send({ text: message, as: 'text' }, keeper.source);
    },
    ...clock,
  };
}

const STEP_MS = 900;

/** Goes from byte to byte by itself; from the end it begins anew. Who wants no motion gets the end at once. */
function usePlaying(state: XorLaneState, dispatch: (action: XorLaneAction) => void) {
  const [playing, setPlaying] = useState(false);
  const last = shownLength(state.frame) - 1;
  useEffect(() => {
    if (!playing) return;
    if (state.at >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => dispatch({ type: 'go', at: state.at + 1 }), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, state.at, last]);
  return {
    playing,
    play(): void {
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (still) dispatch({ type: 'go', at: last });
      else if (state.at >= last) dispatch({ type: 'go', at: 0 });
      setPlaying(!still);
    },
    pause: () => setPlaying(false),
  };
}

function laneOfExample(hex: string): XorLaneState {
  const frame: MaskedFrame | { readonly problem: string } = readMaskedFrame(bytesOfHex(hex));
  if ('problem' in frame) throw new Error(`The worked example: ${frame.problem}`);
  return initialXorLane(frame, 'example');
}
