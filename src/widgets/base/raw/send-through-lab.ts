import { LAB_RAW_PATH } from '../../../companion/lab/addresses.ts';
import { parseRawAnswer, type RawDone } from '../../../companion/lab/raw-answer.ts';
import { MAX_RAW_MS, type RawStep } from '../../../companion/lab/raw-step.ts';
import type { WireMessage } from '../../../inspector/wire/wire.ts';

/** What happened after raw bytes were sent. */
export interface RawOutcome {
  readonly messages: readonly WireMessage[];
  readonly done: RawDone;
}

type LabRun = RawOutcome | { readonly problem: string };

/** The lab has its own time limit; a page that gets no answer for longer gives up. */
const PATIENCE_MS = 2 * MAX_RAW_MS;

/** Has the companion open a connection to itself, write these bytes as they are, and report what was on the wire. */
export function sendThroughLab(steps: readonly RawStep[]): Promise<LabRun> {
  const messages: WireMessage[] = [];
  const socket = new WebSocket(LAB_RAW_PATH);
  return new Promise((resolve) => {
    const finish = (run: LabRun): void => {
      clearTimeout(timer);
      resolve(run);
      socket.close();
    };
    const timer = setTimeout(() => finish({ problem: 'The companion did not finish in time.' }), PATIENCE_MS);
    socket.onopen = () => socket.send(JSON.stringify({ steps }));
    socket.onmessage = ({ data }) => {
      const parsed = parseRawAnswer(String(data));
      if ('problem' in parsed)
        finish({ problem: `The lab sent what this page does not understand: ${parsed.problem}.` });
      else if (parsed.answer.type === 'done') finish({ messages, done: parsed.answer });
      else if (parsed.answer.type === 'problem') finish({ problem: parsed.answer.sentence });
      else messages.push(parsed.answer);
    };
    socket.onclose = () => finish({ problem: `The companion’s ${LAB_RAW_PATH} does not answer.` });
  });
}
