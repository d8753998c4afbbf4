import { useEffect, useMemo, useRef } from 'preact/hooks';
import { describeFrame } from '../../inspector/frame/describe.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import type { Decoded } from './model.ts';
import { PayloadPane } from './PayloadPane.tsx';
import { presentPayload } from './payload.ts';

interface Props {
  readonly decoded: Decoded;
  readonly dump: FrameDump;
}

/** The open frame: which one it is, its payload, and the frame bit by bit. */
export function OpenedFrame({ decoded: { rows, opened, frameCount, message }, dump }: Props) {
  const payload = useMemo(() => presentPayload(dump), [dump]);
  const from = rows.find(({ index }) => index === opened)?.from;
  const lastFrom = useRef(from);
  // While the list is scrolled far away, the row of the open frame is not in it.
  useEffect(() => {
    lastFrom.current = from ?? lastFrom.current;
  }, [from]);
  return (
    <section class="opened" aria-labelledby="opened-title">
      <p class="opened-title">
        <b id="opened-title">{frameCount === 1 ? 'One frame' : `Frame ${opened + 1} of ${frameCount}`}</b>{' '}
        {(from ?? lastFrom.current) === 'server' ? '← from the server' : '→ from the client'}: {describeFrame(dump)}
      </p>
      <PayloadPane key={`${opened} ${dump.hex}`} payload={payload} title="Payload" />
      {message !== undefined && (
        <PayloadPane payload={message.payload} title={`Whole message, ${message.fragments} fragments`} />
      )}
      <h2 class="pane-title">The frame, bit by bit</h2>
      <FrameView dump={dump} />
    </section>
  );
}
