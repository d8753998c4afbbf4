import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { drawMaskingKey } from '../base/draw-masking-key.ts';
import { type Companion, useCompanion } from '../base/link/use-companion.ts';
import type { BroadcastEvent, Member } from './events.ts';
import { LiveBroadcast } from './live-broadcast.ts';
import { type BroadcastState, firstMembers, initialBroadcast, MAX_MEMBERS, reduceBroadcast } from './model.ts';
import { simulateMessage } from './simulated-broadcast.ts';

export interface BroadcastFigure {
  readonly state: BroadcastState;
  readonly companion: Companion;
  /** Whether the members are real WebSockets. */
  readonly isLive: boolean;
  /** Why the second companion is not there. */
  readonly problem: string;
  readonly say: (name: string, text: string) => void;
  readonly add: () => void;
  readonly remove: () => void;
  /** Connects two members to each companion. */
  readonly connect: (secondPort: number) => void;
}

/** @param companions with two, everything is simulated until the reader names the second one */
export function useBroadcast(companions: 1 | 2, example: readonly BroadcastEvent[]): BroadcastFigure {
  const [state, dispatch] = useReducer(reduceBroadcast, example, (events) =>
    initialBroadcast(firstMembers(companions), events),
  );
  const companion = useCompanion();
  const live = useRef<LiveBroadcast>();
  const [isLive, setLive] = useState(false);
  const [problem, setProblem] = useState('');
  const { state: linkState } = companion.link;

  const end = (): void => {
    live.current?.stop();
    live.current = undefined;
    setLive(false);
  };
  const connect = (secondPort?: number): void => {
    end();
    setProblem('');
    setLive(true);
    if (companions === 2) dispatch({ type: 'start', members: [] });
    const lost = (why: string): void => {
      end();
      dispatch({ type: 'start', members: firstMembers(companions) });
      if (companions === 2) setProblem(why);
      else companion.lose(why);
    };
    const happened = (events: readonly BroadcastEvent[]): void => dispatch({ type: 'happened', events });
    live.current = new LiveBroadcast(firstMembers(companions), { happened, lost }, secondPort);
  };
  useEffect(() => {
    if (companions === 1 && linkState === 'live') connect();
    return end;
  }, [linkState]);

  const { members } = state;
  return {
    state,
    companion,
    isLive,
    problem,
    connect,
    say(name, text) {
      if (live.current !== undefined) live.current.say(name, text);
      else dispatch({ type: 'happened', events: simulateMessage(name, text, members, drawMaskingKey) });
    },
    add() {
      const name = 'ABCDEF'.split('').find((letter) => members.every((member) => member.name !== letter));
      if (name === undefined || members.length >= MAX_MEMBERS) return;
      const member: Member = { name, server: 0 };
      if (live.current !== undefined) live.current.join(member);
      else dispatch({ type: 'happened', events: [{ type: 'joined', member }] });
    },
    remove() {
      const last = members.at(-1);
      if (last === undefined || members.length <= 1) return;
      if (live.current !== undefined) live.current.leave(last.name);
      else dispatch({ type: 'happened', events: [{ type: 'left', name: last.name }] });
    },
  };
}
