import { useMemo } from 'preact/hooks';
import { BitRuler, rowBytesOf, SegmentCaption } from './BitParts.tsx';
import { type BitRange, bytesRange, clip, overlaps } from './bit-range.ts';
import { type BitRow, type BitSegment, bitRows, ROW_BYTES } from './bit-rows.ts';
import { type FrameAction, type FrameState, litFields, litRange, markOf } from './model.ts';
import { fieldClass } from './open-frame.ts';
import { bitsAttribute, usePane } from './use-pane.ts';

/** A longer frame is drawn as bits only up to here: every bit is an element. */
export const MAX_BIT_BYTES = 512;

interface Props {
  readonly state: FrameState;
  readonly dispatch: (action: FrameAction) => void;
}

/** The frame as the RFC draws it: rows of 32 bits, every bit under its number. RFC 6455 §5.2. */
export function BitGrid({ state, dispatch }: Props) {
  const pane = usePane(state, dispatch, 'bit', rowBytesOf);
  const shownBytes = Math.min(state.shownBytes, MAX_BIT_BYTES);
  const rows = useMemo(() => bitRows(state.frame, shownBytes), [state.frame, shownBytes]);
  const [lit, fields] = [litRange(state), litFields(state)];
  const stop = Math.min(state.focus.start, shownBytes * 8 - 1);
  return (
    <div class="bit-grid">
      <BitRuler />
      <div
        {...pane}
        class="bit-rows"
        role="grid"
        tabIndex={-1}
        aria-label="Bits of the frame"
        aria-multiselectable="true"
      >
        {rows.map((row) => {
          const range = bytesRange(row.offset, row.offset + ROW_BYTES);
          const held = overlaps({ start: stop, end: stop + 1 }, range) ? stop : undefined;
          return <Row key={row.offset} row={row} lit={clip(lit, range)} fields={clip(fields, range)} stop={held} />;
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: BitRow;
  readonly lit: BitRange | undefined;
  readonly fields: BitRange | undefined;
  /** The bit in the tab order, if this row has it. */
  readonly stop: number | undefined;
}

/** Drawn again only if what is lit in it has changed: a long frame has many rows. */
function Row({ row, lit, fields, stop }: RowProps) {
  return useMemo(
    () => (
      <div class="bit-row" role="row">
        {row.segments.map((segment) => (
          <Segment key={segment.field.name} segment={segment} lit={lit} fields={fields} stop={stop} />
        ))}
      </div>
    ),
    [row, lit?.start, lit?.end, fields?.start, fields?.end, stop],
  );
}

function Segment({ segment, lit, fields, stop }: Omit<RowProps, 'row'> & { readonly segment: BitSegment }) {
  const { field, bits } = segment;
  return (
    <div class={`bit-segment ${fieldClass(field.name)}`} data-span={bits.length} role="presentation">
      {bits.map(({ bit, value, violated }) => {
        const cell = { start: bit, end: bit + 1 };
        const mark = markOf(cell, lit, fields);
        return (
          <span
            key={bit}
            class="cell bit"
            role="gridcell"
            tabIndex={bit === stop ? 0 : -1}
            aria-selected={mark === 'lit'}
            data-bits={bitsAttribute(cell)}
            data-mark={mark}
            data-violated={violated || undefined}
          >
            {value}
          </span>
        );
      })}
      <SegmentCaption segment={segment} />
    </div>
  );
}
