import { Host } from './host.ts';
import type { Answer, Order } from './order.ts';

// The code of the reader runs in here: it cannot reach the page, and a loop without an end holds up nothing else.
const host = new Host();
const answer = self.postMessage.bind(self) as (message: { readonly id: number; readonly answer: Answer }) => void;

self.addEventListener('message', ({ data }: MessageEvent<{ readonly id: number; readonly order: Order }>) => {
  answer({ id: data.id, answer: host.obey(data.order) });
});
