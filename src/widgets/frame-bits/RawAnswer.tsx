import { useEffect, useRef, useState } from 'preact/hooks';
import { formatHex } from '../../inspector/hex.ts';
import { type PresentedRun, presentRun } from '../raw/present-run.ts';
import { openingStep, sendRaw } from '../raw/send-raw.ts';

interface Props {
  readonly bytes: Uint8Array;
  readonly live: boolean;
}

type Answer =
  | { readonly state: 'none' }
  | { readonly state: 'sending' }
  | { readonly state: 'problem'; readonly problem: string }
  | {
      readonly state: 'answered';
      readonly run: PresentedRun;
      readonly live: boolean;
      /** Why it is simulated though it was to be live; empty where it is not so. */
      readonly whySimulated: string;
    };

/** Puts the bytes on a wire, right or wrong, and shows what a real server makes of them. */
export function RawAnswer({ bytes, live }: Props) {
  const [answer, setAnswer] = useState<Answer>({ state: 'none' });
  const latest = useRef(bytes);
  // An answer to other bytes says nothing about these.
  useEffect(() => {
    latest.current = bytes;
    setAnswer({ state: 'none' });
  }, [bytes]);

  const send = async (): Promise<void> => {
    setAnswer({ state: 'sending' });
    const next = await runRaw(bytes, live);
    if (latest.current === bytes) setAnswer(next);
  };
  return (
    <div class="raw">
      <button type="button" class="needs-js" disabled={answer.state === 'sending'} onClick={() => void send()}>
        Send these {bytes.length} bytes to the server as they are
      </button>
      <div class="raw-answer" role="status">
        {answer.state === 'sending' && <p>Sent. Waiting for what comes back.</p>}
        {answer.state === 'problem' && <p>{answer.problem}</p>}
        {answer.state === 'answered' && (
          <>
            {answer.whySimulated !== '' && <p>{answer.whySimulated}</p>}
            <Answered run={answer.run} live={answer.live} />
          </>
        )}
      </div>
    </div>
  );
}

function Answered({ run, live }: { readonly run: PresentedRun; readonly live: boolean }) {
  return (
    <>
      <h4>
        {live ? `What the companion on ${location.host} answered` : 'What the server simulated in this page answered'}
      </h4>
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
  return 'problem' in run
    ? { state: 'problem', problem: run.problem }
    : { ...run, state: 'answered', run: presentRun(run) };
}
