import { CONFORMANCE_PATH, type ConformanceAnswer, parseConformanceAnswer } from '../../companion/conformance.ts';
import type { ConformanceForm } from './model.ts';

/** A check that the companion runs for this page. */
export interface LiveRun {
  /** Asks for its end; what it has come to by then is told. */
  readonly stop: () => void;
  /** Ends it without another word. */
  readonly leave: () => void;
}

/** So often at most the page is drawn anew: results come by hundreds in a second. */
const TELL_EVERY_MS = 100;

/**
 * Has a server checked.
 *
 * @param tell called with what came since the last time
 * @param lose called once, where the connection to the companion ends too early
 */
export function runConformance(
  { url, only, maxMessage }: ConformanceForm,
  tell: (answers: readonly ConformanceAnswer[]) => void,
  lose: (why: string) => void,
): LiveRun {
  const socket = new WebSocket(CONFORMANCE_PATH);
  let waiting: ConformanceAnswer[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    tell(waiting);
    waiting = [];
  };
  const leave = (): void => {
    clearTimeout(timer);
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
  };
  const send = (order: object): void => socket.send(JSON.stringify(order));
  socket.onopen = () => send({ url, only, ...(maxMessage === '' ? {} : { maxMessage: Number(maxMessage) }) });
  socket.onmessage = ({ data }) => {
    const parsed = parseConformanceAnswer(String(data));
    if ('problem' in parsed) {
      leave();
      lose(`The companion sent what this page does not understand: ${parsed.problem}. Restart it and reload the page.`);
      return;
    }
    waiting.push(parsed.answer);
    if (parsed.answer.type === 'progress') timer ??= setTimeout(flush, TELL_EVERY_MS);
    else {
      flush();
      leave();
    }
  };
  socket.onclose = () => {
    flush();
    lose('The companion does not answer any more. Start it again with npm start.');
  };
  return {
    stop: () => (socket.readyState === WebSocket.OPEN ? send({ type: 'stop' }) : socket.close()),
    leave,
  };
}
