import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { LinkKeeper } from '../inspector/link-keeper.ts';
import type { Source, SourceEvent } from '../inspector/source.ts';
import { useKeeper } from '../inspector/use-keeper.ts';
import { useHashParameters } from '../use-hash-parameters.ts';
import { initialTimelineState, reduceTimeline, type TimelineAction, type TimelineState } from './model.ts';
import { nextCall } from './script.ts';

const STOP_MS = 1100;
const PARAMETER = 'at';

/** The time line as its view sees it. */
export interface Timeline {
  readonly state: TimelineState;
  readonly dispatch: (action: TimelineAction) => void;
  readonly keeper: LinkKeeper;
  /** Lives through another connection, with this text as its message. */
  readonly live: (text: string) => void;
}

/** Joins the model to the world: a source, the clock that plays, and the address. */
export function useTimeline(example: readonly SourceEvent[], firstText: string): Timeline {
  const [state, dispatch] = useReducer(reduceTimeline, example, initialTimelineState);
  const text = useRef(firstText);
  const keeper = useKeeper({
    changed: (link) => dispatch({ type: 'link', link }),
    happened: (events, source) => {
      dispatch({ type: 'happened', events });
      for (const event of events) act(source, event, text.current);
    },
  });

  useEffect(() => {
    if (!state.playing) return;
    const timer = setTimeout(() => dispatch({ type: 'tick' }), STOP_MS);
    return () => clearTimeout(timer);
  }, [state.playing, state.stop]);

  const write = useHashParameters((parameters) => {
    const at = parameters.get(PARAMETER) ?? '';
    if (/^\d{1,4}$/.test(at)) dispatch({ type: 'ask', stop: Number(at) });
  });

  const live = (next: string) => {
    text.current = next;
    keeper.source?.connect();
  };
  return {
    state,
    dispatch(action) {
      // The place that the reader chose can be linked to.
      if (action.type === 'go') write({ [PARAMETER]: String(action.stop) });
      dispatch(action);
    },
    keeper,
    live,
  };
}

function act(source: Source | undefined, event: SourceEvent, text: string): void {
  const next = nextCall(event, text);
  if (next?.method === 'send') source?.send(next.data, next.call);
  else if (next?.method === 'close') source?.close(next.code, next.reason, next.call);
}
