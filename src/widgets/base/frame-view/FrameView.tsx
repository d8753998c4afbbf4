import './frame.css';
import { useLayoutEffect, useReducer } from 'preact/hooks';
import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import { BitGrid } from './BitGrid.tsx';
import { CopyBar } from './CopyBar.tsx';
import { FieldTable } from './FieldTable.tsx';
import { HexView } from './HexView.tsx';
import { hiddenBytes, initialFrameState, keptNote, litRange, reduceFrame } from './model.ts';
import { describeRange, violationNote } from './sentence.ts';
import { Unmasking } from './Unmasking.tsx';

interface Props {
  readonly dump: FrameDump;
}

const HINT = 'Pick a bit, a byte, a row: arrows move, Shift extends, Enter pins, Escape clears.';

/** One frame in four panes that light up together. */
export function FrameView({ dump }: Props) {
  const [state, dispatch] = useReducer(reduceFrame, dump, initialFrameState);
  useLayoutEffect(() => dispatch({ type: 'open', dump }), [dump]);
  const { frame } = state;
  const lit = litRange(state);
  const { more, never } = hiddenBytes(state);
  const kept = keptNote(state);
  const hasPayload = frame.payload.length > 0;
  return (
    <div class="frame-view">
      {frame.dump.violations.map((violation) => {
        const note = violationNote(frame, violation);
        return (
          <p class="verdict" data-tone="danger" key={violation.rule}>
            {note.requirement} Broken by{' '}
            <button
              type="button"
              class="in-text"
              onClick={() => dispatch({ type: 'pick', cell: note.range, extend: false })}
            >
              {note.where}
            </button>
            ; the receiver fails the connection with {note.statusCode}. RFC 6455 §{note.section}.
          </p>
        );
      })}
      <BitGrid state={state} dispatch={dispatch} />
      <p class="frame-said">
        <span role="status">{lit === undefined ? '' : describeRange(frame, lit)}</span>
        {lit === undefined && <span class="needs-js">{HINT}</span>}
        {state.pinned && <span class="pin">pinned</span>}
        <button
          type="button"
          class="extend needs-js"
          aria-pressed={state.extending}
          onClick={() => dispatch({ type: 'toggleExtending' })}
        >
          extend
        </button>
      </p>
      <div class="frame-halves">
        <div>
          <p class="pane-title">Bytes</p>
          <HexView state={state} dispatch={dispatch} />
          {more > 0 && (
            <button type="button" class="show-more needs-js" onClick={() => dispatch({ type: 'showMore' })}>
              … {more} more bytes
            </button>
          )}
          {more === 0 && never > 0 && <p class="frame-cut">… and {never} more bytes, which are not drawn.</p>}
          {kept !== undefined && <p class="frame-cut">{kept}</p>}
          <CopyBar bytes={frame.bytes} />
        </div>
        {hasPayload && (
          <div>
            <p class="pane-title">{frame.keyStart === undefined ? 'Payload, not masked' : 'The mask comes off'}</p>
            <Unmasking state={state} dispatch={dispatch} />
          </div>
        )}
      </div>
      <FieldTable state={state} dispatch={dispatch} />
    </div>
  );
}
