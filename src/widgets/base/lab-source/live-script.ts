import { ACT_CLOSING_TIMEOUT_MS, LAB_ACT_PATH } from '../../../companion/lab/addresses.ts';
import { LiveSource } from '../source/live-source.ts';
import type { SourceEvent } from '../source/source.ts';
import { callOfClose, callOfOrder, isOver, type LabScript } from './script.ts';

/** The lab ends every connection after its own timeout; the tap gets a little more time to report that. */
const PATIENCE_MS = ACT_CLOSING_TIMEOUT_MS + 5000;

/**
 * Plays a script with the browser's own WebSocket and the companion's lab.
 *
 * @param happened called with all events so far, whenever more arrive
 * @returns all events; rejected if the companion is gone, or when `signal` aborts
 */
export function playLive(
  script: LabScript,
  signal: AbortSignal,
  happened: (events: readonly SourceEvent[]) => void = () => {},
): Promise<readonly SourceEvent[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly SourceEvent[]>();
  let events: readonly SourceEvent[] = [];
  let played = false;
  const source = new LiveSource(
    {
      happened: (more) => {
        events = [...events, ...more];
        happened(events);
        if (!played && more.some((event) => event.type === 'told' && event.topic === 'open')) {
          played = true;
          play(source, script);
        }
        if (isOver(events)) resolve(events);
      },
      lost: (why) => reject(new Error(why)),
    },
    LAB_ACT_PATH,
  );
  signal.addEventListener('abort', () => reject(new Error('Stopped.')));
  const timer = setTimeout(() => reject(new Error('The connection did not come to an end.')), PATIENCE_MS);
  source.connect();
  return promise.finally(() => {
    clearTimeout(timer);
    source.stop();
  });
}

function play(source: LiveSource, { order, close }: LabScript): void {
  if (order !== undefined) source.send(order, callOfOrder(order));
  if (close !== undefined) source.close(close.code, close.reason, callOfClose(close));
}
