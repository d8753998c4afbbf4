import './xor-lane.css';
import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { BitRows } from './BitRows.tsx';
import { Changes, Scrubber, SendText } from './LaneControls.tsx';
import { PayloadLane } from './PayloadLane.tsx';
import { presentXorLane } from './present.ts';
import { useXorLane } from './use-xor-lane.ts';

interface Props {
  /** The worked example: a masked frame of a client, in hex. */
  readonly example: string;
  /** The text that the example carries. */
  readonly text: string;
}

const ORIGINS = {
  example: 'An example, sent by a client:',
  live: 'Your browser sent:',
  simulated: 'The simulated browser sent:',
  address: 'The frame in the address:',
};

/** The reader's own payload, unmasked byte by byte and bit by bit. RFC 6455 §5.3. */
export default function XorLane({ example, text }: Props) {
  const { state, dispatch, link, keeper, problem, send, playing, play, pause } = useXorLane(example, text);
  const view = useMemo(() => presentXorLane(state), [state]);
  const last = view.bytes.length - 1;
  return (
    <section class="figure wide xor-lane" id="xor-lane" aria-labelledby="xor-lane-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="xor-lane-title">
          Take the mask off, byte by byte
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body">
        <SendText ready={link.state === 'live' || link.state === 'simulated'} text={text} send={send} />
        {state.problem !== undefined && (
          <p class="verdict" data-tone="danger" role="alert">
            {state.problem}
          </p>
        )}
        <p class="xor-frame">
          {ORIGINS[state.origin]}{' '}
          <code class="bytes">
            {view.parts.map(({ field, hex }) => (
              <Fragment key={field}>
                <span class={`field-word field-${field}`}>{hex}</span>{' '}
              </Fragment>
            ))}
          </code>
        </p>
        <div class="xor-halves">
          <div>
            <PayloadLane view={view} cut={state.cut} dispatch={dispatch} />
            <Scrubber at={state.at} last={last} playing={playing} play={play} pause={pause} dispatch={dispatch} />
          </div>
          <div>
            <BitRows view={view} dispatch={dispatch} />
            <p class="xor-said" role={playing ? undefined : 'status'}>
              {problem && `${problem} `}
              {view.said}
            </p>
          </div>
        </div>
        <Changes state={state} last={last} dispatch={dispatch} />
        <div class="verdict" data-tone={view.verdict.tone} aria-live="polite">
          {view.verdict.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      </div>
      <LinkNote link={link} look={() => void keeper.retry(link)} simulate={() => keeper.simulate()} />
    </section>
  );
}
