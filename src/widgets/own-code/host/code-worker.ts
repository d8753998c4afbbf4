import { Host } from './host.ts';
import type { FromWorker, Order } from './order.ts';

// The code of the reader runs in here: it cannot reach the page, and a loop without an end holds up nothing else.
const host = new Host();
// The code could replace the worker's own functions.
const send = self.postMessage.bind(self) as (message: FromWorker) => void;

self.addEventListener('message', ({ data }: MessageEvent<{ readonly id: number; readonly order: Order }>) => {
  send({ id: data.id, answer: host.obey(data.order) });
});
send({ runs: true });
