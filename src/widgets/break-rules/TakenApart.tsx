import { useMemo } from 'preact/hooks';
import { describeFrame } from '../../inspector/frame/describe.ts';
import { escapeText } from '../../text/escape-text.ts';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import { dumpsOf, type ShownWire, textOfHead } from './present.ts';

interface Props {
  readonly wire: readonly ShownWire[];
  readonly place: number;
}

/** One frame of an outcome in all its panes, or a head line by line. */
export function TakenApart({ wire, place }: Props) {
  const taken = wire[place];
  const dump = useMemo(() => {
    if (taken?.kind !== 'frame') return undefined;
    const before = wire.slice(0, place).filter(({ kind, from }) => kind === 'frame' && from === taken.from).length;
    return dumpsOf(wire, taken.from)[before];
  }, [wire, place]);
  if (taken === undefined) return null;
  const sender = taken.from === 'client' ? 'The client sent:' : 'The server sent:';
  if (dump === undefined) {
    const lines = textOfHead(taken.hex).split('\r\n').slice(0, -2);
    return (
      <div class="opened-frame">
        <h4>{sender} a response</h4>
        <pre class="act-head">{lines.map((line) => escapeText(line)).join('\n')}</pre>
      </div>
    );
  }
  return (
    <div class="opened-frame">
      <h4>
        {sender} <span class="opened-about">{describeFrame(dump)}</span>
      </h4>
      <FrameView dump={dump} />
    </div>
  );
}
