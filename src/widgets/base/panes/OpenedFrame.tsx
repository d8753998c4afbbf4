import './panes.css';
import { describeFrame } from '../../../inspector/frame/describe.ts';
import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import type { BitRange } from '../frame-view/bit-range.ts';
import { FrameView } from '../frame-view/FrameView.tsx';
import { Inflated } from '../inflated/Inflated.tsx';

interface Props {
  readonly dump: FrameDump | undefined;
  /** Whose frame it is. */
  readonly title: string;
  /** What there is to say where no frame is open. */
  readonly note: string;
  /** What is pointed at in another drawing of the frame, and who learns what is lit in this one. */
  readonly pointedAt?: BitRange | undefined;
  readonly onLit?: (range: BitRange | undefined) => void;
}

/** A frame in all its panes, or a sentence in their place. */
export function OpenedFrame({ dump, title, note, pointedAt, onLit }: Props) {
  if (dump === undefined) return <p class="opened-note">{note}</p>;
  return (
    <div class="opened-frame">
      <h3>
        {title} <span class="opened-about">{describeFrame(dump)}</span>
      </h3>
      <FrameView dump={dump} pointedAt={pointedAt} onLit={onLit} />
      {dump.inflated !== undefined && <Inflated inflated={dump.inflated} />}
    </div>
  );
}
