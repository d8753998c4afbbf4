import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { nextCall } from '../base/life/script.ts';
import type { LinkKeeper } from '../base/link/link-keeper.ts';
import { useKeeper } from '../base/link/use-keeper.ts';
import type { Source, SourceEvent } from '../base/source/source.ts';
import { initialTimelineState, reduceTimeline, type TimelineAction, type TimelineState } from './model.ts';

const STOP_MS = 1100;
/** A text field's own bound: an address may hold more. */
export const MAX_CHARACTERS = 200;

/** The time line as its view sees it. */
export interface Timeline {
  readonly state: TimelineState;
  readonly dispatch: (action: TimelineAction) => void;
  readonly keeper: LinkKeeper;
  /** What is wrong with the address. */
  readonly problem: string;
  /** The message of the next life. */
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Lives through another connection, with that text as its message. */
  readonly live: () => void;
}

/** Joins the model to the world: a source, the clock that plays, and the address. */
export function useTimeline(example: readonly SourceEvent[], firstText: string): Timeline {
  const [state, dispatch] = useReducer(reduceTimeline, example, initialTimelineState);
  const [text, setText] = useState(firstText);
  const sent = useRef(firstText);
  const keeper = useKeeper({
    changed: (link) => dispatch({ type: 'link', link }),
    happened: (events, source) => {
      dispatch({ type: 'happened', events });
      for (const event of events) act(source, event, sent.current);
    },
  });

  useEffect(() => {
    if (!state.playing) return;
    const timer = setTimeout(() => dispatch({ type: 'tick' }), STOP_MS);
    return () => clearTimeout(timer);
  }, [state.playing, state.stop]);

  const { write, problem } = useHashParameters((parameters) => {
    const said = parameters.get('say')?.slice(0, MAX_CHARACTERS);
    if (said !== undefined) {
      sent.current = said;
      setText(said);
    }
    const at = parameters.get('at') ?? '';
    const isStop = /^\d{1,4}$/.test(at);
    if (isStop) dispatch({ type: 'ask', stop: Number(at) });
    return sayIgnored(parameters, { say: said ?? '', at: isStop ? at : '' });
  });

  const live = (): void => {
    sent.current = text;
    write({ say: text });
    keeper.source?.connect();
  };
  return {
    state,
    dispatch(action) {
      // The place that the reader chose can be linked to.
      if (action.type === 'go') write({ at: String(action.stop) });
      dispatch(action);
    },
    keeper,
    problem,
    text,
    setText,
    live,
  };
}

function act(source: Source | undefined, event: SourceEvent, text: string): void {
  const next = nextCall(event, text);
  if (next?.method === 'send') source?.send(next.data, next.call);
  else if (next?.method === 'close') source?.close(next.code, next.reason, next.call);
}
