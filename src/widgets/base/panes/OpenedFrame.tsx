import './panes.css';
import { describeFrame } from '../../../inspector/frame/describe.ts';
import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import { FrameView } from '../frame-view/FrameView.tsx';
import { Inflated } from '../inflated/Inflated.tsx';

interface Props {
  readonly dump: FrameDump | undefined;
  /** Whose frame it is. */
  readonly title: string;
  /** What there is to say where no frame is open. */
  readonly note: string;
}

/** A frame in all its panes, or a sentence in their place. */
export function OpenedFrame({ dump, title, note }: Props) {
  if (dump === undefined) return <p class="opened-note">{note}</p>;
  return (
    <div class="opened-frame">
      <h3>
        {title} <span class="opened-about">{describeFrame(dump)}</span>
      </h3>
      <FrameView dump={dump} />
      {dump.inflated !== undefined && <Inflated inflated={dump.inflated} />}
    </div>
  );
}
