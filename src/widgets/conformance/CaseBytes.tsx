import { useMemo, useState } from 'preact/hooks';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import { type CaseFrame, takeApart, type WayBytes } from './case-bytes.ts';

interface Props {
  readonly sentHead: string;
  readonly sentHex: string;
  readonly receivedHex: string;
}

/** The frames of a case both ways; one of them opened. */
export function CaseBytes({ sentHead, sentHex, receivedHex }: Props) {
  const ways = useMemo(
    () => [takeApart(sentHex, 'client', sentHead), takeApart(receivedHex, 'server')],
    [sentHead, sentHex, receivedHex],
  );
  const [opened, setOpened] = useState<CaseFrame | undefined>(() => firstBroken(ways));
  return (
    <div class="case-bytes">
      <div class="case-ways">
        {ways.map((way) => (
          <Way key={way.from} way={way} opened={opened} open={setOpened} />
        ))}
      </div>
      {opened !== undefined && <FrameView dump={opened.dump} />}
    </div>
  );
}

/** What a reader looks for. */
function firstBroken(ways: readonly WayBytes[]): CaseFrame | undefined {
  const frames = ways.flatMap((way) => way.frames);
  return frames.find(({ broken }) => broken.length > 0) ?? frames[0];
}

interface WayProps {
  readonly way: WayBytes;
  readonly opened: CaseFrame | undefined;
  readonly open: (frame: CaseFrame) => void;
}

function Way({ way: { from, head, frames, left, href }, opened, open }: WayProps) {
  return (
    <section>
      <h4>{from === 'client' ? 'The suite sent' : 'The server sent'}</h4>
      {head.length > 0 && <pre class="case-head">{head.join('\n')}</pre>}
      {frames.length === 0 && head.length === 0 && <p>No frame.</p>}
      <ol class="plain-list">
        {frames.map((frame, index) => (
          <li key={index}>
            <button type="button" aria-pressed={frame === opened} onClick={() => open(frame)}>
              {frame.sentence}
              {frame.broken.length > 0 && `: breaks ${frame.broken.join(', ')}`}
            </button>
          </li>
        ))}
      </ol>
      {left > 0 && <p>And {left} more.</p>}
      {href !== undefined && (
        <p>
          <a href={href}>All of it in the decoder</a>
        </p>
      )}
    </section>
  );
}
