import { LAB_ACT_PATH } from '../../companion/lab/addresses.ts';
import { callOfOrder } from '../base/lab-source/script.ts';
import { drawHere, SimulatedLab } from '../base/lab-source/simulated-lab.ts';
import { LiveSource } from '../base/source/live-source.ts';
import type { SourceEvent } from '../base/source/source.ts';

/** A connection to the lab that stays open, and takes orders. */
export interface PingLink {
  send(orders: readonly string[]): void;
  stop(): void;
}

interface Listener {
  happened(events: readonly SourceEvent[]): void;
  lost(why: string): void;
}

/** The browser's own connection. Orders wait until it is open; one that has ended is opened anew. */
export function livePings({ happened, lost }: Listener): PingLink {
  let open = false;
  let waiting: string[] = [];
  const flush = (): void => {
    for (const order of waiting) source.send(order, callOfOrder(order));
    waiting = [];
  };
  const source = new LiveSource(
    {
      happened: (events) => {
        happened(events);
        for (const event of events) {
          if (event.type === 'told' && event.topic === 'open') open = true;
          if (event.type === 'told' && event.topic === 'close') open = false;
        }
        if (open) flush();
      },
      lost,
    },
    LAB_ACT_PATH,
  );
  return {
    send: (orders) => {
      waiting.push(...orders);
      if (open) flush();
      else source.connect();
    },
    stop: () => source.stop(),
  };
}

/** Both ends inside this page. */
export function simulatedPings({ happened }: Listener): PingLink {
  const lab = new SimulatedLab(drawHere());
  happened(lab.connect());
  return {
    send: (orders) => {
      for (const order of orders) happened(lab.order(order));
    },
    stop: () => {},
  };
}
