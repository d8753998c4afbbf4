import { useEffect, useRef, useState } from 'preact/hooks';
import { formatHex } from '../../bytes/hex.ts';
import { type PresentedRun, presentRun } from '../base/raw/present-run.ts';
import { openingStep, sendRaw } from '../base/raw/send-raw.ts';

interface Props {
  readonly bytes: Uint8Array;
  readonly live: boolean;
}

interface Answer {
  /** A note beside the answer: that it is on its way, why there is none, or why it is simulated. */
  readonly said: string;
  readonly run?: PresentedRun;
  readonly live?: boolean;
}

const NONE: Answer = { said: '' };
const SENT: Answer = { said: 'Sent. Waiting for the answer.' };

/** Sends the bytes, right or wrong, and shows what a real server answers. */
export function RawAnswer({ bytes, live }: Props) {
  const [answer, setAnswer] = useState(NONE);
  const latest = useRef(bytes);
  // An answer to other bytes would be wrong here.
  useEffect(() => {
    latest.current = bytes;
    setAnswer(NONE);
  }, [bytes]);

  const send = async (): Promise<void> => {
    setAnswer(SENT);
    const next = await runRaw(bytes, live);
    if (latest.current === bytes) setAnswer(next);
  };
  return (
    <div class="raw">
      <button type="button" class="needs-js" disabled={answer === SENT} onClick={() => void send()}>
        Send these {bytes.length} bytes to the server
      </button>
      <div class="raw-answer" role="status">
        {answer.said && <p>{answer.said}</p>}
        {answer.run && <Answered run={answer.run} live={answer.live} />}
      </div>
    </div>
  );
}

function Answered({ run, live }: { readonly run: PresentedRun; readonly live: boolean | undefined }) {
  return (
    <>
      <h4>{live ? `Answer from ${location.host}` : 'Answer from the server simulated in this page'}</h4>
      {run.frames.map(({ about, says, bytes, hiddenBytes }) => (
        <p key={bytes}>
          {about}
          {says !== '' && <b> {says}</b>} <code class="bytes">{bytes}</code>
          {hiddenBytes > 0 && ` and ${hiddenBytes} more`}
        </p>
      ))}
      <p>{run.end}</p>
    </>
  );
}

async function runRaw(bytes: Uint8Array, live: boolean): Promise<Answer> {
  const run = await sendRaw([openingStep(), { hex: formatHex(bytes) }], live);
  return 'problem' in run ? { said: run.problem } : { said: run.whySimulated, run: presentRun(run), live: run.live };
}
