import { useEffect, useState } from 'preact/hooks';
import { formatHex } from '../../inspector/hex.ts';
import type { PresentedRun } from '../raw/present-run.ts';
import { whyNotRun } from '../raw/why-not-run.ts';

interface Props {
  readonly bytes: Uint8Array;
  readonly live: boolean;
}

type Answer =
  | { readonly state: 'none' }
  | { readonly state: 'sending' }
  | { readonly state: 'problem'; readonly problem: string }
  | { readonly state: 'answered'; readonly run: PresentedRun; readonly live: boolean; readonly problem: string };

/** Puts the bytes on a wire, right or wrong, and shows what a real server makes of them. */
export function RawAnswer({ bytes, live }: Props) {
  const [answer, setAnswer] = useState<Answer>({ state: 'none' });
  // An answer to other bytes says nothing about these.
  useEffect(() => setAnswer({ state: 'none' }), [bytes]);

  const send = async (): Promise<void> => {
    setAnswer({ state: 'sending' });
    try {
      setAnswer(await runRaw(bytes, live));
    } catch (cause) {
      setAnswer({ state: 'problem', problem: `The bytes could not be sent. ${whyNotRun(cause)}` });
    }
  };
  return (
    <div class="raw">
      <button type="button" class="needs-js" disabled={answer.state === 'sending'} onClick={() => void send()}>
        Send these {bytes.length} bytes to the server as they are
      </button>
      <div class="raw-answer" role="status">
        {answer.state === 'sending' && <p>Sent. Waiting for what comes back.</p>}
        {(answer.state === 'problem' || answer.state === 'answered') && answer.problem !== '' && (
          <p>{answer.problem}</p>
        )}
        {answer.state === 'answered' && <Answered run={answer.run} live={answer.live} />}
      </div>
    </div>
  );
}

function Answered({ run, live }: { readonly run: PresentedRun; readonly live: boolean }) {
  return (
    <>
      <h3>
        {live ? `What the companion on ${location.host} answered` : 'What the server simulated in this page answered'}
      </h3>
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

/** Loaded when it is wanted: most readers look before they send. */
async function runRaw(bytes: Uint8Array, live: boolean): Promise<Answer> {
  const [{ openingStep, sendRaw }, { presentRun }] = await Promise.all([
    import('../raw/send-raw.ts'),
    import('../raw/present-run.ts'),
  ]);
  const steps = [openingStep(), { hex: formatHex(bytes) }];
  const run = await sendRaw(steps, live);
  if (!('problem' in run)) return { state: 'answered', run: presentRun(run), live: run.live, problem: '' };
  if (!live) return { state: 'problem', problem: run.problem };
  const simulated = await sendRaw(steps, false);
  if ('problem' in simulated) return { state: 'problem', problem: run.problem };
  const problem = `${run.problem} So this is simulated.`;
  return { state: 'answered', run: presentRun(simulated), live: false, problem };
}
