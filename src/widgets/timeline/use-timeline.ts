import { useEffect, useReducer, useRef } from 'preact/hooks';
import { readHashParameters, writeHashParameters } from '../hash-parameters.ts';
import { LinkKeeper } from '../inspector/link-keeper.ts';
import type { SourceEvent } from '../inspector/source.ts';
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
  const kept = useRef<LinkKeeper | undefined>(undefined);
  kept.current ??= new LinkKeeper({
    changed: (link) => dispatch({ type: 'link', link }),
    happened: (events) => {
      dispatch({ type: 'happened', events });
      for (const event of events) act(keeper, event, text.current);
    },
  });
  const keeper = kept.current;
  useEffect(() => {
    void keeper.start();
    return () => keeper.stop();
  }, [keeper]);

  useEffect(() => {
    if (!state.playing) return;
    const timer = setTimeout(() => dispatch({ type: 'tick' }), STOP_MS);
    return () => clearTimeout(timer);
  }, [state.playing, state.stop]);

  useEffect(() => {
    const read = () => {
      const at = readHashParameters(location.hash).get(PARAMETER) ?? '';
      if (/^\d{1,4}$/.test(at)) dispatch({ type: 'ask', stop: Number(at) });
    };
    read();
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);

  const live = (next: string) => {
    text.current = next;
    keeper.source?.connect();
  };
  return { state, dispatch: (action) => dispatch(remember(action)), keeper, live };
}

function act({ source }: LinkKeeper, event: SourceEvent, text: string): void {
  const next = nextCall(event, text);
  if (next?.method === 'send') source?.send(next.data, next.call);
  else if (next?.method === 'close') source?.close(next.code, next.reason, next.call);
}

/** The place that the reader chose can be linked to. */
function remember(action: TimelineAction): TimelineAction {
  if (action.type === 'go') {
    history.replaceState(history.state, '', writeHashParameters(location.hash, { [PARAMETER]: String(action.stop) }));
  }
  return action;
}
