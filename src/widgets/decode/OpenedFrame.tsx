import { useEffect, useMemo, useRef } from 'preact/hooks';
import { describeFrame } from '../../inspector/frame/describe.ts';
import type { FrameDump } from '../../inspector/frame/frame-dump.ts';
import { FrameView } from '../base/frame-view/FrameView.tsx';
import { Inflated } from '../base/inflated/Inflated.tsx';
import type { Decoded } from './decoded.ts';
import type { ShowAction } from './orders.ts';
import { PayloadPane } from './PayloadPane.tsx';
import { presentPayload } from './payload.ts';

interface Props {
  readonly decoded: Decoded;
  readonly show: (action: ShowAction) => void;
}

/** The open frame: which one it is, its payload, and the frame bit by bit; or a message without its frames, or a gap. */
export function OpenedFrame({ decoded, show }: Props) {
  const { rows, opened, frameCount, dump, recorded } = decoded;
  const from = rows.find(({ index }) => index === opened)?.from;
  const lastFrom = useRef(from);
  // While the list is scrolled far away, the row of the open frame is not in it.
  useEffect(() => {
    lastFrom.current = from ?? lastFrom.current;
  }, [from]);
  const noun = dump !== undefined ? 'frame' : recorded?.payload !== undefined ? 'message' : 'gap';
  const which = frameCount === 1 ? `One ${noun}` : `${capital(noun)} ${opened + 1} of ${frameCount}`;
  return (
    <section class="opened" aria-labelledby="opened-title">
      <p class="opened-title">
        <b id="opened-title">{which}</b>{' '}
        {(from ?? lastFrom.current) === 'server' ? '← from the server' : '→ from the client'}:{' '}
        {dump === undefined ? recorded?.title : describeFrame(dump)}
      </p>
      {dump !== undefined && <Frame decoded={decoded} dump={dump} show={show} />}
      {recorded?.payload !== undefined && <PayloadPane key={opened} payload={recorded.payload} title="Payload" />}
    </section>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function Frame({ decoded, dump, show }: Props & { readonly dump: FrameDump }) {
  const { opened, message, compression, inflated } = decoded;
  const isInflated = compression === 'reads' || inflated !== undefined;
  const payload = useMemo(() => presentPayload(dump, isInflated), [dump, isInflated]);
  return (
    <>
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
    </>
  );
}
