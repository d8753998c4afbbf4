import { useMemo } from 'preact/hooks';
import type { BitRange } from '../base/frame-view/bit-range.ts';
import type { Sender } from '../base/own-frames/message.ts';
import { verdictOn } from './role-verdict.ts';

interface Props {
  readonly bytes: Uint8Array;
  /** The end that sent them. */
  readonly sender: Sender;
  readonly pick: (range: BitRange) => void;
}

/** The verdict of the receiver. What it would be in the other direction is folded away: most frames are wrong there. */
export function Verdicts({ bytes, sender, pick }: Props) {
  const other = sender === 'client' ? 'server' : 'client';
  return (
    <div class="verdicts" aria-live="polite">
      <Verdict bytes={bytes} sender={sender} pick={pick} />
      <details class="other-verdict">
        <summary>And if a {other} sent it?</summary>
        <Verdict bytes={bytes} sender={other} pick={pick} />
      </details>
    </div>
  );
}

function Verdict({ bytes, sender, pick }: Props) {
  const { receiver, tone, title, sentences, broken } = useMemo(() => verdictOn(bytes, sender), [bytes, sender]);
  return (
    <section class="verdict" data-tone={tone} data-sender={sender}>
      <h4>
        From a {sender} to a {receiver}: {title}
      </h4>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {broken !== undefined && (
        <p class="verdict-rule">
          Rule <code>{broken.name}</code>, broken by{' '}
          <button type="button" class="in-text" onClick={() => pick(broken.range)}>
            {broken.where}
          </button>
        </p>
      )}
    </section>
  );
}
