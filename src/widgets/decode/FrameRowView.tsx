import { useMemo } from 'preact/hooks';
import type { FrameRow } from './frame-row.ts';

interface Props {
  readonly row: FrameRow;
  readonly count: number;
  readonly open: boolean;
  readonly onOpen: () => void;
}

/** The column of times has room for so much with a fraction. */
const MAX_TENTHS_MS = 100_000;

export function rowId(row: number): string {
  return `decoded-row-${row}`;
}

/** One frame in a line: offset, direction, type, length, the beginning of its payload, verdict. */
export function FrameRowView({ row, count, open, onOpen }: Props) {
  return useMemo(() => {
    const { row: place, isFolded, offset, from, timeMs, type, unfinished, length, preview, broken, cut } = row;
    return (
      <div
        id={rowId(place)}
        class="decoded-row"
        role="option"
        tabIndex={-1}
        aria-selected={open}
        aria-posinset={place + 1}
        aria-setsize={count}
        data-from={from}
        data-folded={isFolded || undefined}
        onClick={onOpen}
        onKeyDown={undefined}
      >
        <span class="row-offset">
          {timeMs === undefined ? (
            <>
              <span class="visually-hidden">byte </span>
              {offset + 1}
            </>
          ) : (
            <>
              {timeMs.toFixed(timeMs < MAX_TENTHS_MS ? 1 : 0)}
              <span class="visually-hidden"> ms</span>
            </>
          )}
        </span>
        <span class="row-arrow">
          <span aria-hidden="true">{from === 'client' ? '→' : '←'}</span>
          <span class="visually-hidden">from the {from}</span>
        </span>
        <span>
          <span class="row-type field-word field-opcode">
            {isFolded ? (
              <>
                <span aria-hidden="true">▸ beats</span>
                <span class="visually-hidden">heartbeats, folded; Enter opens them</span>
              </>
            ) : type === 'continuation' ? (
              <>
                <span aria-hidden="true">cont.</span>
                <span class="visually-hidden">continuation</span>
              </>
            ) : (
              type
            )}
            {unfinished && <span aria-hidden="true"> …</span>}
            {unfinished && <span class="visually-hidden">, more fragments follow</span>}
          </span>
        </span>
        <span class="row-length">
          {length}
          {length !== undefined && <span class="visually-hidden"> bytes</span>}
        </span>
        <span class="row-preview">{preview}</span>
        <span class="row-verdict" title={broken.map(({ rule }) => rule).join(', ') || undefined}>
          {broken.map(({ rule, statusCode }) => (
            <span key={rule} class="row-broken">
              <span aria-hidden="true">✗ </span>
              <span class="visually-hidden">breaks {rule}: </span>
              {statusCode}
            </span>
          ))}
          {cut && broken.length === 0 && 'cut'}
        </span>
      </div>
    );
  }, [row, count, open]);
}
