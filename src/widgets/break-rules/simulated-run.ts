import { findAct } from '../../lab/acts.ts';
import { actLoopback } from '../../lab/simulate-act.ts';
import type { EndpointEvent } from '../../protocol/endpoint/effects.ts';
import { pageEventsOf } from '../base/source/script-events.ts';
import { type Outcome, outcomeOf, type Told } from './outcome.ts';

/** Values from outside: random for a reader, fixed when a page is built. */
export interface SimulatedRunOptions {
  readonly host: string;
  readonly key: string;
  readonly nextMaskingKey: () => number;
}

/**
 * Our own client in the browser's place: what it does about an act, and what a page would be told.
 *
 * @throws RangeError when there is no such act
 */
export function runSimulated(name: string, options: SimulatedRunOptions): Outcome {
  const found = findAct(name);
  if ('problem' in found) throw new RangeError(found.problem);
  const loopback = actLoopback(found.act, { ...options, now: () => 0 });
  const messages = loopback.connect();
  const told = toldOf(loopback.takeClientEvents());
  if (loopback.readyState('client') === 'closed') return outcomeOf(name, messages, told);
  const after = loopback.close();
  return outcomeOf(
    name,
    [...messages, ...after],
    [...told, { event: 'page closes' }, ...toldOf(loopback.takeClientEvents())],
  );
}

/** What the page is told; the browser fires an error before a close that is not clean. WHATWG WebSockets. */
function toldOf(events: readonly EndpointEvent[]): Told[] {
  return events.flatMap(pageEventsOf).flatMap((event): Told[] => {
    if (event.event === 'message') {
      const { data } = event;
      return [{ event: 'message', data: typeof data === 'string' ? data : `${data.length} bytes` }];
    }
    return event.event === 'close' && !event.wasClean ? [{ event: 'error' }, event] : [event];
  });
}
