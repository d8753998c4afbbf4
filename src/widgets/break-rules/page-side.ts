import type { Told } from './outcome.ts';

/**
 * Opens a WebSocket to the lab, sends its order once it is open, and keeps what the page is told
 * until the end. A connection that is still open after `patienceMs` is closed.
 *
 * It names nothing outside itself: the recorder sends its text to browsers.
 *
 * @param order undefined where the address says it all
 */
export function recordPageEvents(url: string, order: string | undefined, patienceMs: number): Promise<Told[]> {
  const { promise, resolve } = Promise.withResolvers<Told[]>();
  const told: Told[] = [];
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const timer = setTimeout(() => {
    told.push({ event: 'page closes' });
    socket.close();
  }, patienceMs);
  socket.onopen = () => {
    told.push({ event: 'open' });
    if (order !== undefined) socket.send(order);
  };
  socket.onmessage = ({ data }) =>
    told.push({ event: 'message', data: typeof data === 'string' ? data : `${data.byteLength} bytes` });
  socket.onerror = () => told.push({ event: 'error' });
  socket.onclose = ({ code, reason, wasClean }) => {
    clearTimeout(timer);
    told.push({ event: 'close', code, reason, wasClean });
    resolve(told);
  };
  return promise;
}
