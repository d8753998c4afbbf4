import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatNumber } from '../../text/count.ts';
import { type Decoded, MAX_LISTED_FRAMES, ROWS_ABOVE } from './decoded.ts';
import { FrameFilter } from './FrameFilter.tsx';
import { FrameRowView, rowId } from './FrameRowView.tsx';
import type { FrameRow } from './frame-row.ts';
import type { ShowAction } from './orders.ts';
import { scaleScroll, shiftAfter } from './scroll-scale.ts';

interface Props {
  readonly decoded: Decoded;
  readonly show: (action: ShowAction) => void;
}

/** A shorter list needs no filter. */
const MIN_FILTERED = 8;
/** Other rows are listed before the first or last listed row comes into sight. */
const MARGIN_ROWS = 8;

/** Every frame in one scrolling list. Only the rows around the visible ones are drawn. */
export function FrameRows({ decoded, show }: Props) {
  const { frameCount, brokenCount, rows, rowCount, listed, openedRow, noun } = decoded;
  const list = useRef<HTMLDivElement>(null);
  const above = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLDivElement>(null);
  /** Where the list was at its last scroll, and how far its rows are shifted: a very long list is scaled. */
  const place = useRef({ scrollTop: 0, shift: 0 });

  const rowHeight = (): number => list.current?.querySelector<HTMLElement>('[role="option"]')?.offsetHeight || 1;
  const scaleOf = (element: HTMLElement) => scaleScroll(rowCount * rowHeight(), element.clientHeight);

  /** Set by script, because the page's policy forbids style attributes. */
  const layOut = (element: HTMLElement): void => {
    const { contentHeight } = scaleOf(element);
    const drawn = rows.length * rowHeight();
    const top = Math.max(0, Math.min(listed * rowHeight() - place.current.shift, contentHeight - drawn));
    if (above.current !== null) above.current.style.blockSize = `${top}px`;
    if (below.current !== null) below.current.style.blockSize = `${Math.max(0, contentHeight - top - drawn)}px`;
  };
  const listAround = (): void => {
    const element = list.current;
    if (element === null) return;
    const { scrollTop, clientHeight } = element;
    const shift = shiftAfter(scaleOf(element), place.current, scrollTop, clientHeight);
    const isShifted = shift !== place.current.shift;
    place.current = { scrollTop, shift };
    if (isShifted) layOut(element);
    const first = Math.floor((scrollTop + shift) / rowHeight());
    const end = first + Math.ceil(clientHeight / rowHeight());
    const enough =
      (listed === 0 || first - MARGIN_ROWS >= listed) &&
      (listed + rows.length >= rowCount || end + MARGIN_ROWS <= listed + rows.length);
    if (!enough) show({ type: 'list', first: Math.max(0, Math.min(first - ROWS_ABOVE, rowCount - MAX_LISTED_FRAMES)) });
  };

  useLayoutEffect(() => {
    if (list.current !== null) layOut(list.current);
  }, [listed, rows.length, rowCount]);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || openedRow < 0) return;
    const scale = scaleOf(element);
    const top = revealed(
      element.scrollTop + place.current.shift,
      element.clientHeight,
      openedRow * rowHeight(),
      rowHeight(),
    );
    if (top === undefined) return;
    const near = top - place.current.shift;
    const isNear = near >= 0 && near <= scale.contentHeight - element.clientHeight;
    const isFar = Math.abs(near - element.scrollTop) > 2 * element.clientHeight;
    const scrollTop = isNear && !isFar ? near : Math.round(scale.scrollTopOf(top));
    place.current = { scrollTop, shift: top - scrollTop };
    layOut(element);
    element.scrollTop = scrollTop;
  }, [openedRow, decoded.filter]);

  const move = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.floor(event.currentTarget.clientHeight / rowHeight());
    const row = rowAfterKey(event.key, openedRow, rowCount, page);
    const folded = rows.find((each) => each.row === openedRow && each.isFolded);
    if (row !== undefined) show({ type: 'openRow', row });
    else if (event.key === 'n' && brokenCount > 0) show({ type: 'openBroken' });
    else if (event.key === '/') document.getElementById('frames-filter')?.focus();
    else if (event.key === 'Enter' && folded !== undefined) show({ type: 'unfold', index: folded.index });
    else return;
    event.preventDefault();
  };
  const pick = (row: FrameRow): void => {
    show(row.isFolded ? { type: 'unfold', index: row.index } : { type: 'open', index: row.index });
    requestAnimationFrame(() => revealBelow(list.current));
  };
  return (
    <section class="frames" aria-label="Frames">
      <div class="frames-bar">
        <h2 class="pane-title">
          {formatNumber(frameCount)} {noun}
        </h2>
        {brokenCount > 0 && (
          <>
            <span class="frames-broken">
              {brokenCount === 1 ? '1 breaks a rule' : `${formatNumber(brokenCount)} break a rule`}
            </span>
            <button type="button" onClick={() => show({ type: 'openBroken' })}>
              Next broken frame
            </button>
          </>
        )}
      </div>
      {frameCount > MIN_FILTERED && <FrameFilter decoded={decoded} show={show} />}
      <div class="frames-head decoded-row" aria-hidden="true">
        <span>{rows[0]?.timeMs === undefined ? 'byte' : 'ms'}</span>
        <span />
        <span>type</span>
        <span>size</span>
        <span>payload</span>
        <span />
      </div>
      <div
        ref={list}
        class="decoded-rows"
        role="listbox"
        tabIndex={0}
        aria-label="Frames"
        aria-activedescendant={rows.some(({ row }) => row === openedRow) ? rowId(openedRow) : undefined}
        onScroll={listAround}
        onKeyDown={move}
      >
        <div ref={above} role="presentation" />
        {rows.map((row) => (
          <FrameRowView
            key={row.row}
            row={row}
            count={rowCount}
            open={row.row === openedRow}
            onOpen={() => pick(row)}
          />
        ))}
        <div ref={below} role="presentation" />
      </div>
    </section>
  );
}

function rowAfterKey(key: string, opened: number, count: number, page: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: opened + 1,
    ArrowUp: opened - 1,
    PageDown: opened + page,
    PageUp: opened - page,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}

/** @returns where the list must be to show a row: just far enough, or the row in the middle if it is far; undefined if it is in sight */
function revealed(scrollTop: number, viewHeight: number, top: number, rowHeight: number): number | undefined {
  const bottom = top + rowHeight;
  const isFar = top < scrollTop - viewHeight || bottom > scrollTop + 2 * viewHeight;
  if (isFar) return Math.max(0, top - viewHeight / 2);
  if (top < scrollTop) return top;
  return bottom > scrollTop + viewHeight ? bottom - viewHeight : undefined;
}

/** Where the open frame is below the list, as on a phone, scrolls the page to its payload. */
function revealBelow(list: HTMLElement | null): void {
  const payload = list?.closest('.decoder-result')?.querySelector('.opened');
  if (!list || !payload) return;
  const { top } = payload.getBoundingClientRect();
  if (top >= list.getBoundingClientRect().bottom && top > innerHeight / 2) payload.scrollIntoView({ block: 'start' });
}
