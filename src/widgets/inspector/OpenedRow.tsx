import { useMemo } from 'preact/hooks';
import { describeFrame } from '../../inspector/frame/describe.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import type { Entry } from '../base/log/entry.ts';
import { dumpOf, type Opened } from './model.ts';

interface Props {
  readonly opened: Opened | undefined;
  readonly example: boolean;
}

/** The row that is open: a frame in all its panes, or a sentence where there is no frame to take apart. */
export function OpenedRow({ opened, example }: Props) {
  const entry = opened?.kind === 'entry' ? opened.entry : undefined;
  const linked = opened?.kind === 'linked' ? opened.linked : undefined;
  // A frame's row changes when its event is matched to it; its bytes, and so its dump, do not.
  const dump = useMemo(
    () =>
      entry?.kind === 'frame' ? dumpOf(entry) : linked !== undefined && 'dump' in linked ? linked.dump : undefined,
    [entry?.id, linked],
  );
  if (dump !== undefined)
    return <OpenedFrame dump={dump} from={titleOf(entry)} example={example && entry !== undefined} />;
  if (linked !== undefined && 'problem' in linked) {
    return (
      <p class="verdict" data-tone="danger" role="alert">
        {linked.problem}
      </p>
    );
  }
  return <p class="opened-note">{noteOf(entry)}</p>;
}

interface OpenedFrameProps {
  readonly dump: FrameDump;
  readonly from: string;
  readonly example: boolean;
}

function OpenedFrame({ dump, from, example }: OpenedFrameProps) {
  return (
    <div class="opened-frame">
      <h3>
        {from} <span class="opened-about">{describeFrame(dump)}</span>
        {/* Behind all else, which stays where it is when the example gives way to the reader's own frame. */}
        {example && <span class="opened-about"> (an example)</span>}
      </h3>
      <FrameView dump={dump} />
    </div>
  );
}

function titleOf(entry: Entry | undefined): string {
  if (entry === undefined) return 'The frame in the address:';
  return entry.fromClient ? 'Your browser sent:' : 'The server sent:';
}

function noteOf(entry: Entry | undefined): string {
  if (entry === undefined) return 'Send a message, or pick a row: its frame opens here.';
  if (entry.kind === 'handshake')
    return 'No frame: the connection still speaks HTTP here. Its lines are explained under “The opening handshake”.';
  if (entry.kind === 'script') {
    return `The browser refused ${entry.said?.text} before anything could go on the wire. It ${entry.told?.text}`;
  }
  if (entry.kind === 'frame') return '';
  return `${entry.sentence}. Only now is the page told: ${entry.told?.text ?? 'its event has not come yet'}.`;
}
