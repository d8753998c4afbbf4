import { CONFORMANCE_PATH, type ConformanceAnswer, parseConformanceAnswer } from '../../companion/conformance.ts';
import type { ConformanceForm } from './model.ts';

/** A run that the companion does for this page. */
export interface LiveRun {
  /** Asks the companion to stop, and keeps its results. */
  readonly stop: () => void;
  /** Ends the run and ignores everything that follows. */
  readonly leave: () => void;
}

/** The page is drawn at most this often: hundreds of results can come in a second. */
const REPORT_INTERVAL_MS = 100;

/**
 * Asks the companion to run the suite against a server.
 *
 * @param report called with the answers since the last call
 * @param lose called once if the connection to the companion ends too early
 */
export function runConformance(
  { url, only, maxMessage, stage }: ConformanceForm,
  report: (answers: readonly ConformanceAnswer[]) => void,
  lose: (why: string) => void,
): LiveRun {
  const socket = new WebSocket(CONFORMANCE_PATH);
  let waiting: ConformanceAnswer[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    report(waiting);
    waiting = [];
  };
  const leave = (): void => {
    clearTimeout(timer);
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
  };
  const send = (order: object): void => socket.send(JSON.stringify(order));
  socket.onopen = () =>
    send({
      url,
      only,
      ...(maxMessage === '' ? {} : { maxMessage: Number(maxMessage) }),
      ...(stage === '' ? {} : { stage: Number(stage) }),
    });
  socket.onmessage = ({ data }) => {
    const parsed = parseConformanceAnswer(String(data));
    if ('problem' in parsed) {
      leave();
      lose(
        `This page cannot read the companion’s answer: ${parsed.problem}. Restart the companion and reload the page.`,
      );
      return;
    }
    waiting.push(parsed.answer);
    if (parsed.answer.type === 'progress') timer ??= setTimeout(flush, REPORT_INTERVAL_MS);
    else {
      flush();
      leave();
    }
  };
  socket.onclose = () => {
    flush();
    lose('The companion stopped answering. Start it again with npm start.');
  };
  return {
    stop: () => (socket.readyState === WebSocket.OPEN ? send({ type: 'stop' }) : socket.close()),
    leave,
  };
}
