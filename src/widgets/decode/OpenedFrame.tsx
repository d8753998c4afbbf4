import { useEffect, useMemo, useRef } from 'preact/hooks';
import { describeFrame } from '../../inspector/frame/describe.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import { Inflated } from '../base/inflated/Inflated.tsx';
import type { ShowAction } from './decode-worker.ts';
import type { Decoded } from './model.ts';
import { PayloadPane } from './PayloadPane.tsx';
import { presentPayload } from './payload.ts';

interface Props {
  readonly decoded: Decoded;
  readonly dump: FrameDump;
  readonly show: (action: ShowAction) => void;
}

/** The open frame: which one it is, its payload, and the frame bit by bit. */
export function OpenedFrame({ decoded, dump, show }: Props) {
  const { rows, opened, frameCount, message, compression, inflated } = decoded;
  const payload = useMemo(() => presentPayload(dump, compression === 'reads'), [dump, compression]);
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
      {compression !== undefined && (
        <p class="payload-tools needs-js">
          <button
            type="button"
            aria-pressed={compression === 'reads'}
            onClick={() => show({ type: 'readCompressed', on: compression === 'asks' })}
          >
            Read as compressed
          </button>
        </p>
      )}
      {inflated !== undefined && <Inflated inflated={inflated} />}
      {message !== undefined && (
        <PayloadPane payload={message.payload} title={`Whole message, ${message.fragments} fragments`} />
      )}
      <h2 class="pane-title">The frame, bit by bit</h2>
      <FrameView dump={dump} />
    </section>
  );
}
