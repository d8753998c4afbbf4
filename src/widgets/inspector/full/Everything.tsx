import type { BitRange } from '../../base/frame-view/bit-range.ts';
import type { HandshakeEntry } from '../../base/log/entry.ts';
import { FrameList } from '../../base/panes/FrameList.tsx';
import { OpenedFrame } from '../../base/panes/OpenedFrame.tsx';
import type { InspectorDriver } from './driver.ts';
import { type InspectorState, noteOfOpened, textOfHead } from './model.ts';
import { SendMore } from './SendMore.tsx';

interface Props {
  readonly state: InspectorState;
  readonly driver: InspectorDriver;
  /** The heading of the opened frame. */
  readonly title: string;
  /** What is pointed at in the strip of the same frame, and who learns what is lit in the panes. */
  readonly pointedAt: BitRange | undefined;
  readonly onLit: (range: BitRange | undefined) => void;
}

/** The rest of the figure: other ways to send, everything that happened, and the opened frame in all its panes. */
export function Everything({ state, driver, title, pointedAt, onLit }: Props) {
  const { dispatch, keeper, shown } = driver;
  const { entries, dropped } = state.log;
  return (
    <div class="everything">
      <SendMore driver={driver} open={state.connection === 'open'} source={keeper.source} />
      <div class="panes-columns">
        <div class="panes-main">
          <FrameList
            title="What happened, in order"
            entries={entries}
            dropped={dropped}
            held={state.held?.length}
            openId={state.opened?.kind === 'entry' ? state.opened.entry.id : undefined}
            onOpen={(id) => dispatch({ type: 'open', id })}
            onTogglePause={() => dispatch({ type: 'togglePause' })}
            onClear={() => dispatch({ type: 'clear' })}
          />
          <OpenedFrame
            dump={shown?.dump}
            title={`${title}:`}
            note={noteOfOpened(state.opened)}
            pointedAt={pointedAt}
            onLit={onLit}
          />
        </div>
        <div class="handshake">
          <h3>The opening handshake</h3>
          <Head title="Your browser asked" entry={state.request} />
          <Head title="The server answered" entry={state.response} />
          <p class="handshake-hint">
            <a href="/chapters/opening-handshake/">Chapter 2</a> explains each line of your own.
          </p>
        </div>
      </div>
    </div>
  );
}

function Head({ title, entry }: { readonly title: string; readonly entry: HandshakeEntry | undefined }) {
  return (
    <>
      <h4>{title}</h4>
      <pre class="head-text">{textOfHead(entry)}</pre>
    </>
  );
}
