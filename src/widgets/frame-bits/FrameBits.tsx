import { bytesOfHex } from '../../bytes/hex.ts';
import '../base/frame-view/frame.css';
import './frame-bits.css';
import { useMemo } from 'preact/hooks';
import { CopyBar } from '../base/frame-view/CopyBar.tsx';
import { FieldTable } from '../base/frame-view/FieldTable.tsx';
import { HexView } from '../base/frame-view/HexView.tsx';
import type { FrameAction } from '../base/frame-view/model.ts';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { FlipGrid } from './FlipGrid.tsx';
import { Lens } from './Lens.tsx';
import { layoutChanges } from './layout-changes.ts';
import { MessageForm } from './MessageForm.tsx';
import { type FrameBitsState, sayNow } from './model.ts';
import { RawAnswer } from './RawAnswer.tsx';
import { describeStream } from './role-verdict.ts';
import { useFrameBits } from './use-frame-bits.ts';
import { Verdicts } from './Verdicts.tsx';

interface Props {
  /** The worked example: a client's frame, in hex. */
  readonly example: string;
  /** The text in the example. */
  readonly text: string;
}

const LINKED = 'This frame comes from a link. Send a message to see a frame of your own browser.';
const HINT = 'Every bit is a switch. Flip one and see what changes.';

/** The reader's own frame. Every bit of it can be flipped. RFC 6455 §5.2. */
export default function FrameBits({ example, text }: Props) {
  const figure = useFrameBits(bytesOfHex(example), { text, as: 'text' });
  const { state, dispatch, link, keeper, problem } = figure;
  const { view, stream, given, flipped } = state;
  const { bytes } = stream;
  const changes = useMemo(() => layoutChanges(given, stream), [given, stream]);
  const said = sayNow(state);
  const focused = view.focus.start;
  const inPanes = (action: FrameAction) => dispatch({ type: 'view', action });
  return (
    <section class="figure wide frame-bits" id="frame-bits" aria-labelledby="frame-bits-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="frame-bits-title">
          Your own frame, bit by bit
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body frame-view">
        <MessageForm
          draft={figure.draft}
          show={figure.show}
          ready={link.state === 'live' || link.state === 'simulated'}
          onChange={figure.change}
          onSend={figure.send}
          onShow={figure.showFrom}
        />
        {problem !== '' && (
          <p class="verdict" data-tone="danger" role="alert">
            {problem}
          </p>
        )}
        <div>
          <p class="frame-about">
            {titleOf(state)} <b>{describeStream(stream)}</b>
          </p>
          <FlipGrid state={state} dispatch={dispatch} />
        </div>
        <p class="frame-said">
          <span role="status">{said}</span>
          {said === '' && <span class="needs-js">{HINT}</span>}
        </p>
        <div class="flip-tools">
          <Lens state={state} dispatch={dispatch} />
          <p class="flip-buttons needs-js">
            <button
              type="button"
              disabled={!flipped.includes(focused)}
              onClick={() => dispatch({ type: 'restore', bit: focused })}
            >
              Reset this bit
            </button>
            <button type="button" disabled={flipped.length === 0} onClick={() => dispatch({ type: 'restoreAll' })}>
              Reset all{flipped.length > 0 && ` (${flipped.length} flipped)`}
            </button>
          </p>
        </div>
        {changes.length > 0 && (
          <div class="layout-changes">
            <h4>The parts have moved</h4>
            <ul>
              {changes.map(({ start, sentence }) => (
                <li key={start}>{sentence}</li>
              ))}
            </ul>
          </div>
        )}
        <Verdicts
          bytes={bytes}
          sender={state.sender}
          pick={(cell) => dispatch({ type: 'view', action: { type: 'pick', cell, extend: false } })}
        />
        <RawAnswer bytes={bytes} live={link.state === 'live'} />
        <div class="frame-halves">
          <div>
            <h4>Bytes</h4>
            <HexView state={view} dispatch={inPanes} />
            <CopyBar bytes={bytes} />
          </div>
          <div>
            <h4>Fields</h4>
            <FieldTable state={view} dispatch={inPanes} />
          </div>
        </div>
      </div>
      <LinkNote
        link={link}
        look={() => void keeper.retry(link)}
        simulate={() => keeper.simulate()}
        {...(state.origin === 'address' && { live: LINKED })}
      />
    </section>
  );
}

function titleOf({ origin, sender, flipped }: FrameBitsState): string {
  const end = sender === 'client' ? 'browser' : 'server';
  const titles = {
    example: 'An example from a client:',
    address: 'The frame from the link:',
    live: `${sender === 'client' ? 'Your' : 'The'} ${end} sent:`,
    simulated: `The simulated ${end} sent:`,
  };
  if (flipped.length === 0) return titles[origin];
  const whose = origin === 'live' || origin === 'simulated' ? 'that frame' : 'the example';
  return `In ${whose}, ${flipped.length === 1 ? '1 bit is' : `${flipped.length} bits are`} flipped:`;
}
