import { useMemo } from 'preact/hooks';
import { type BitRange, byteRange, bytesRange, clip, overlaps } from './bit-range.ts';
import { HALF_ROW_BYTES, type HexByte, hexRows } from './hex-rows.ts';
import { type FrameAction, type FrameState, litFields, litRange, markOf } from './model.ts';
import { bitsAttribute, usePane } from './use-pane.ts';

interface Props {
  readonly state: FrameState;
  readonly dispatch: (action: FrameAction) => void;
}

/** The frame as a hex dump: 16 bytes a row if they fit, otherwise 8, with their ASCII. */
export function HexView({ state, dispatch }: Props) {
  const pane = usePane(state, dispatch, 'byte', rowBytesOf);
  const { frame, shownBytes } = state;
  const rows = useMemo(() => hexRows(frame, shownBytes), [frame, shownBytes]);
  const [lit, fields] = [litRange(state), litFields(state)];
  const stop = Math.min(Math.floor(state.focus.start / 8), shownBytes - 1);
  return (
    <div
      {...pane}
      class="hex-view"
      role="grid"
      tabIndex={-1}
      aria-label="Bytes of the frame"
      aria-multiselectable="true"
    >
      {pairs(rows).map((pair) => (
        <div class="hex-row" role="row" key={pair[0]?.[0]?.index}>
          {pair.map((half) => {
            const first = half[0]?.index ?? 0;
            const range = bytesRange(first, first + HALF_ROW_BYTES);
            const held = overlaps(byteRange(stop), range) ? stop : undefined;
            return <HalfRow key={first} bytes={half} lit={clip(lit, range)} fields={clip(fields, range)} stop={held} />;
          })}
        </div>
      ))}
    </div>
  );
}

interface HalfRowProps {
  readonly bytes: readonly HexByte[];
  readonly lit: BitRange | undefined;
  readonly fields: BitRange | undefined;
  readonly stop: number | undefined;
}

function HalfRow({ bytes, lit, fields, stop }: HalfRowProps) {
  return useMemo(
    () => (
      <div class="hex-half" role="presentation">
        <span class="hex-offset" aria-hidden="true">
          {(bytes[0]?.index ?? 0).toString(16).padStart(4, '0')}
        </span>
        <span class="hex-bytes" role="presentation">
          {bytes.map((byte) => {
            const mark = markOf(byteRange(byte.index), lit, fields);
            return (
              <span
                key={byte.index}
                class={`cell hex-byte ${byte.fieldClass}`}
                role="gridcell"
                tabIndex={byte.index === stop ? 0 : -1}
                aria-selected={mark === 'lit'}
                data-bits={bitsAttribute(byteRange(byte.index))}
                data-mark={mark}
                data-shared={byte.shared || undefined}
                data-violated={byte.violated || undefined}
              >
                {byte.hex}
              </span>
            );
          })}
        </span>
        <span class="hex-ascii" aria-hidden="true">
          {bytes.map((byte) => (
            <span
              key={byte.index}
              class={`cell ${byte.fieldClass}`}
              data-bits={bitsAttribute(byteRange(byte.index))}
              data-mark={markOf(byteRange(byte.index), lit, fields)}
            >
              {byte.ascii}
            </span>
          ))}
        </span>
      </div>
    ),
    [bytes, lit?.start, lit?.end, fields?.start, fields?.end, stop],
  );
}

function pairs<T>(halves: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(halves.length / 2) }, (_, i) => halves.slice(2 * i, 2 * i + 2));
}

/** The styles decide whether two halves are side by side. Then both have the same top. */
function rowBytesOf(pane: HTMLElement): number {
  const [first, second] = pane.querySelectorAll<HTMLElement>('.hex-bytes');
  const beside = first === undefined || second === undefined || first.offsetTop === second.offsetTop;
  return beside ? HALF_ROW_BYTES * 2 : HALF_ROW_BYTES;
}
