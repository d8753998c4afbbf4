import './frame.css';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';
import type { FrameDump } from '../../../inspector/frame/frame-dump.ts';
import { BitGrid, MAX_BIT_BYTES } from './BitGrid.tsx';
import type { BitRange } from './bit-range.ts';
import { CopyBar } from './CopyBar.tsx';
import { FieldTable } from './FieldTable.tsx';
import { HexView } from './HexView.tsx';
import { MoreBytes } from './MoreBytes.tsx';
import { initialFrameState, keptNote, litRange, reduceFrame } from './model.ts';
import { PaneHint } from './PaneHint.tsx';
import { describeRange, violationNote } from './sentence.ts';
import { Unmasking } from './Unmasking.tsx';

interface Props {
  readonly dump: FrameDump;
  /** What is pointed at in another drawing of the same frame. */
  readonly pointedAt?: BitRange | undefined;
  /** Learns what is lit here. */
  readonly onLit?: ((range: BitRange | undefined) => void) | undefined;
}

/** One frame in four panes that light up together: bits, bytes, unmasking and fields. */
export function FrameView({ dump, pointedAt, onLit }: Props) {
  const [state, dispatch] = useReducer(reduceFrame, dump, initialFrameState);
  useLayoutEffect(() => dispatch({ type: 'open', dump }), [dump]);
  const { frame } = state;
  const lit = litRange(state);
  const before = useRef<BitRange>();
  useLayoutEffect(() => {
    // When the other drawing is left for this one, what is pointed at here stays.
    if (state.preview === before.current) dispatch({ type: 'hover', cell: pointedAt });
    before.current = pointedAt;
  }, [pointedAt]);
  useLayoutEffect(() => onLit?.(lit), [lit]);
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
      <div>
        <BitGrid state={state} dispatch={dispatch} />
        <MoreBytes state={state} dispatch={dispatch} limit={MAX_BIT_BYTES} />
      </div>
      <p class="frame-said">
        <span role="status">{lit === undefined ? '' : describeRange(frame, lit)}</span>
        {lit === undefined && <PaneHint />}
        {state.pinned && <span class="pin">pinned</span>}
        <button
          type="button"
          class="extend needs-js"
          aria-pressed={state.extending}
          onClick={() => dispatch({ type: 'toggleExtending' })}
        >
          Select a range
        </button>
      </p>
      <div class="frame-halves">
        <div>
          <p class="pane-title">Bytes</p>
          <HexView state={state} dispatch={dispatch} />
          <MoreBytes state={state} dispatch={dispatch} />
          {kept !== undefined && <p class="frame-cut">{kept}</p>}
          <CopyBar bytes={frame.bytes} />
        </div>
        {hasPayload && (
          <div class="lane">
            <p class="pane-title">
              {frame.keyStart === undefined ? 'The payload, byte by byte' : 'Unmasking the payload'}
            </p>
            <Unmasking state={state} dispatch={dispatch} />
            <MoreBytes state={state} dispatch={dispatch} />
          </div>
        )}
      </div>
      <FieldTable state={state} dispatch={dispatch} />
    </div>
  );
}
