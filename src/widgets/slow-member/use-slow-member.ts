import { useEffect, useReducer, useRef } from 'preact/hooks';
import { type Companion, useCompanion } from '../base/link/use-companion.ts';
import { LiveRoom } from './live-room.ts';
import { INITIAL_SLOW, isSlowClosed, MAX_MESSAGES, MESSAGE_BYTES, reduceSlow, type SlowState } from './model.ts';
import { SimulatedRoom } from './simulated-room.ts';

export interface SlowMemberFigure {
  readonly state: SlowState;
  readonly companion: Companion;
  /** Lets C stop reading, or read again. */
  readonly setReading: (reads: boolean) => void;
  readonly send: () => void;
  /** Sends until C is closed, or until it is called again. */
  readonly sendOn: () => void;
  readonly again: () => void;
}

export function useSlowMember(): SlowMemberFigure {
  const [state, dispatch] = useReducer(reduceSlow, INITIAL_SLOW);
  const companion = useCompanion();
  const { state: linkState } = companion.link;
  const live = useRef<LiveRoom>();
  const simulated = useRef(new SimulatedRoom());
  const sends = useRef(false);
  const latest = useRef(state);
  latest.current = state;

  const start = (): void => {
    sends.current = false;
    live.current?.stop();
    live.current = undefined;
    simulated.current = new SimulatedRoom();
    dispatch({ type: 'begin' });
    if (linkState !== 'live') {
      dispatch({ type: 'room', room: simulated.current.state });
      return;
    }
    live.current = new LiveRoom({
      room: (room) => dispatch({ type: 'room', room }),
      received: () => dispatch({ type: 'received' }),
      lost: companion.lose,
    });
  };
  useEffect(() => {
    start();
    return () => {
      sends.current = false;
      live.current?.stop();
    };
  }, [linkState]);

  const sendOne = async (): Promise<void> => {
    const room = live.current;
    if (room !== undefined && !room.isReady) return;
    dispatch({ type: 'sent' });
    if (room !== undefined) return room.send();
    simulated.current.send(MESSAGE_BYTES);
    dispatch({ type: 'received' });
    dispatch({ type: 'room', room: simulated.current.state });
    // A turn of the page's loop, so that the bars can be seen to grow.
    return new Promise((resolve) => setTimeout(resolve, 20));
  };
  return {
    state,
    companion,
    setReading(reads) {
      dispatch({ type: 'reading', stopped: !reads });
      live.current?.order(reads ? 'read' : 'stop-reading');
      if (live.current !== undefined) return;
      if (reads) simulated.current.read();
      else simulated.current.stopReading();
      dispatch({ type: 'room', room: simulated.current.state });
    },
    send: () => void sendOne(),
    sendOn() {
      const goesOn = !sends.current;
      sends.current = goesOn;
      dispatch({ type: 'sending', sending: goesOn });
      if (!goesOn) return;
      void (async () => {
        for (let i = 0; i < MAX_MESSAGES && sends.current && !isSlowClosed(latest.current); i++) await sendOne();
        sends.current = false;
        dispatch({ type: 'sending', sending: false });
      })();
    },
    again: start,
  };
}
