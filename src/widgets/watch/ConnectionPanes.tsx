import { useMemo, useState } from 'preact/hooks';
import type { BitRange } from '../base/frame-view/bit-range.ts';
import { FrameList } from '../base/panes/FrameList.tsx';
import { Handshake } from '../base/panes/Handshake.tsx';
import { OpenedFrame } from '../base/panes/OpenedFrame.tsx';
import { Strip } from '../base/strip/Strip.tsx';
import { stripOf } from '../base/strip/strip.ts';
import { describeWatched, dumpOfEntry, openEntryOf, type WatchAction, type Watched } from './model.ts';

interface Props {
  readonly watched: Watched;
  readonly dispatch: (action: WatchAction) => void;
}

/** One connection: the frame that is open, everything that happened, and the opening handshake. */
export function ConnectionPanes({ watched, dispatch }: Props) {
  const { number, log, held, openId, request, response, followsNewest } = watched;
  // The strip and the panes draw the same frame: they light up together.
  const [pointedAt, setPointedAt] = useState<BitRange>();
  const [lit, setLit] = useState<BitRange>();
  const entry = openEntryOf(watched);
  const dump = useMemo(() => dumpOfEntry(entry), [entry]);
  const strip = useMemo(() => dump && stripOf(dump), [dump]);
  const from = entry?.fromClient === false ? 'The server sent these bytes' : 'Your client sent these bytes';
  return (
    <div class="connection">
      <p class="connection-said" role="status">
        {describeWatched(watched)}
      </p>
      {strip !== undefined && (
        <div class="connection-strip">
          <h3>{from}</h3>
          <Strip
            strip={strip}
            label={from}
            arrival={followsNewest ? (openId ?? 0) + 1 : 0}
            lit={lit}
            onLit={setPointedAt}
          />
        </div>
      )}
      <div class="panes-columns">
        <div class="panes-main">
          <FrameList
            key={number}
            title="What happened, in order"
            entries={log.entries}
            dropped={log.dropped}
            held={held?.length}
            openId={openId}
            wireOnly
            onOpen={(id) => dispatch({ type: 'open', number, id })}
            onTogglePause={() => dispatch({ type: 'togglePause', number })}
            onClear={() => dispatch({ type: 'clear', number })}
          />
          <OpenedFrame
            dump={dump}
            title={`${from}:`}
            note={noteOf(entry?.kind, entry)}
            pointedAt={pointedAt}
            onLit={setLit}
          />
        </div>
        <Handshake request={request} response={response} client="Your client" />
      </div>
    </div>
  );
}

function noteOf(kind: string | undefined, entry: ReturnType<typeof openEntryOf>): string {
  if (kind === undefined) return 'Pick a row: its frame opens here.';
  if (kind === 'handshake') {
    return 'Not a frame: the two sides still speak HTTP here. The opening handshake explains each line.';
  }
  return entry?.kind === 'end' ? `${entry.sentence}.` : '';
}
