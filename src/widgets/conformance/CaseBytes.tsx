import { useMemo, useState } from 'preact/hooks';
import type { CaseOutcome } from '../../companion/conformance.ts';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import { type CaseFrame, type DirectionBytes, decodeDirection, findSuspect } from './case-bytes.ts';

interface Props {
  readonly sentHead: string;
  readonly sentHex: string;
  readonly receivedHex: string;
  readonly outcome: CaseOutcome;
}

/** The frames of a case in both directions. The one that most likely shows the fault is open. */
export function CaseBytes({ sentHead, sentHex, receivedHex, outcome }: Props) {
  const directions = useMemo(
    () => [decodeDirection(sentHex, 'client', sentHead), decodeDirection(receivedHex, 'server')] as const,
    [sentHead, sentHex, receivedHex],
  );
  const suspect = useMemo(() => findSuspect(...directions), [directions]);
  const [opened, setOpened] = useState<CaseFrame | undefined>(suspect);
  return (
    <div class="case-bytes">
      <div class="case-directions">
        {directions.map((direction) => (
          <Direction
            key={direction.from}
            direction={direction}
            opened={opened}
            suspect={outcome === 'failed' ? suspect : undefined}
            open={setOpened}
          />
        ))}
      </div>
      {opened !== undefined && <FrameView dump={opened.dump} />}
    </div>
  );
}

interface DirectionProps {
  readonly direction: DirectionBytes;
  readonly opened: CaseFrame | undefined;
  readonly suspect: CaseFrame | undefined;
  readonly open: (frame: CaseFrame) => void;
}

function Direction({ direction: { from, head, frames, unlisted, href }, opened, suspect, open }: DirectionProps) {
  return (
    <section>
      <h4>{from === 'client' ? 'The suite sent' : 'The server sent'}</h4>
      {head.length > 0 && <pre class="case-head">{head.join('\n')}</pre>}
      {frames.length === 0 && <p>No frame.</p>}
      <ol class="plain-list">
        {frames.map((frame, index) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={frame === opened}
              data-suspect={frame === suspect ? '' : undefined}
              onClick={() => open(frame)}
            >
              {frame.sentence}
              {frame.broken.length > 0 && `: breaks ${frame.broken.join(', ')}`}
            </button>
          </li>
        ))}
      </ol>
      {unlisted > 0 && <p>And {unlisted} more.</p>}
      {href !== undefined && (
        <p>
          <a href={href}>Open all frames in the decoder</a>
        </p>
      )}
    </section>
  );
}
