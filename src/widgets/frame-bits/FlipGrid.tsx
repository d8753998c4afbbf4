import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { BitRuler, rowBytesOf, SegmentCaption } from '../base/frame-view/BitParts.tsx';
import { bytesRange, clip, overlaps } from '../base/frame-view/bit-range.ts';
import { type BitRow, type BitSegment, bitRows, ROW_BYTES } from '../base/frame-view/bit-rows.ts';
import { litFields, litRange, markOf } from '../base/frame-view/model.ts';
import { fieldClass } from '../base/frame-view/open-frame.ts';
import { bitsAttribute, cellOf, stepOf } from '../base/frame-view/use-pane.ts';
import { frameAt } from './bit-stream.ts';
import { bitAt, type FrameBitsAction, type FrameBitsState } from './model.ts';

interface Props {
  readonly state: FrameBitsState;
  readonly dispatch: (action: FrameBitsAction) => void;
}

/** A finger needs a target of this width. A tap on a narrower bit only picks it, and the large bits below flip it. */
const MIN_TARGET_PX = 24;

/** The frame in the RFC's rows of 32 bits; every bit is a switch. RFC 6455 §5.2. */
export function FlipGrid({ state, dispatch }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const { view, stream } = state;
  const rows = useMemo(() => bitRows(view.frame, view.shownBytes), [view.frame, view.shownBytes]);
  const stop = view.focus.start;

  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [stop]);

  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    const { key, altKey, metaKey } = event;
    if (altKey || metaKey) return;
    if (key === 'Delete' || key === 'Backspace') {
      event.preventDefault();
      dispatch({ type: 'restore', bit: stop });
      return;
    }
    const step = stepOf(event);
    if (step === undefined) return;
    event.preventDefault();
    moved.current = true;
    const action = {
      type: 'move',
      unit: 'bit',
      step,
      rowBytes: rowBytesOf(event.currentTarget),
      extend: false,
    } as const;
    dispatch({ type: 'view', action });
  };

  const onClick = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('button[data-bit]') : null;
    if (button === null) return;
    const bit = Number(button.dataset['bit']);
    const finger = (event as PointerEvent).pointerType === 'touch' && button.clientWidth < MIN_TARGET_PX;
    const cell = { start: bit, end: bit + 1 };
    if (finger) dispatch({ type: 'view', action: { type: 'pick', cell, extend: false } });
    else dispatch({ type: 'flip', bit });
  };

  const hover = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse') return;
    dispatch({ type: 'view', action: { type: 'hover', cell: cellOf(event.target) } });
  };

  return (
    <div class="bit-grid flip-grid">
      <BitRuler />
      <div
        ref={grid}
        role="group"
        aria-label="Bits of the frame: arrows move, Space flips, Delete resets"
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPointerOver={hover}
        onPointerLeave={() => dispatch({ type: 'view', action: { type: 'hover', cell: undefined } })}
      >
        {rows.map((row) => (
          <Row key={row.offset} row={row} state={state} />
        ))}
      </div>
      {stream.bytes.length > view.shownBytes && (
        <p class="frame-cut">… {stream.bytes.length - view.shownBytes} more bytes, not drawn</p>
      )}
    </div>
  );
}

/** Drawn again only if something in it has changed: the mouse lights up one bit after the other. */
function Row({ row, state }: { readonly row: BitRow; readonly state: FrameBitsState }) {
  const range = bytesRange(row.offset, row.offset + ROW_BYTES);
  const lit = clip(litRange(state.view), range);
  const fields = clip(litFields(state.view), range);
  const { focus } = state.view;
  const stop = overlaps(focus, range) ? focus.start : undefined;
  return useMemo(
    () => (
      <div class="bit-row">
        {row.segments.map((segment) => (
          <Segment key={segment.bits[0]?.bit} {...{ segment, state, lit, fields, stop }} />
        ))}
      </div>
    ),
    [row, state.flipped, lit?.start, lit?.end, fields?.start, fields?.end, stop],
  );
}

interface SegmentProps {
  readonly segment: BitSegment;
  readonly state: FrameBitsState;
  readonly lit: ReturnType<typeof litRange>;
  readonly fields: ReturnType<typeof litFields>;
  readonly stop: number | undefined;
}

function Segment({ segment, state, lit, fields, stop }: SegmentProps) {
  const { field, bits } = segment;
  const next = frameAt(state.stream, (bits[0]?.bit ?? 0) >> 3).index > 0;
  return (
    <div class={`bit-segment ${fieldClass(field.name)}`} data-span={bits.length} data-next={next || undefined}>
      {bits.map(({ bit, value, violated }) => {
        const cell = { start: bit, end: bit + 1 };
        const { label: name, flipped } = bitAt(state, bit);
        return (
          <button
            key={bit}
            type="button"
            class="cell bit"
            tabIndex={bit === stop ? 0 : -1}
            aria-label={`${value}, ${name}${flipped ? ', flipped' : ''}`}
            data-bit={bit}
            data-bits={bitsAttribute(cell)}
            data-mark={markOf(cell, lit, fields)}
            data-violated={violated || undefined}
            data-flipped={flipped || undefined}
          >
            {value}
          </button>
        );
      })}
      <SegmentCaption segment={segment} />
    </div>
  );
}
