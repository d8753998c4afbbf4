import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatNumber } from '../../text/count.ts';
import { type Decoded, MAX_LISTED_FRAMES, ROWS_ABOVE } from './decoded.ts';
import { FrameRowView, rowId } from './FrameRowView.tsx';
import type { ShowAction } from './orders.ts';

interface Props {
  readonly decoded: Decoded;
  readonly show: (action: ShowAction) => void;
}

/** Other rows are listed before the first or last listed row comes into sight. */
const MARGIN_ROWS = 8;

/** Every frame in one scrolling list. Only the rows around the visible ones are drawn. */
export function FrameRows({ decoded, show }: Props) {
  const { frameCount, brokenCount, rows, listed, opened, noun } = decoded;
  const list = useRef<HTMLDivElement>(null);

  const rowHeight = (): number => list.current?.querySelector<HTMLElement>('[role="option"]')?.offsetHeight ?? 1;
  const listAround = (): void => {
    const element = list.current;
    if (element === null) return;
    const first = Math.floor(element.scrollTop / rowHeight());
    const end = first + Math.ceil(element.clientHeight / rowHeight());
    const enough =
      (listed === 0 || first - MARGIN_ROWS >= listed) &&
      (listed + rows.length === frameCount || end + MARGIN_ROWS <= listed + rows.length);
    if (!enough)
      show({ type: 'list', first: Math.max(0, Math.min(first - ROWS_ABOVE, frameCount - MAX_LISTED_FRAMES)) });
  };

  useLayoutEffect(() => {
    if (list.current !== null) reveal(list.current, opened, rowHeight());
  }, [opened, frameCount]);

  const move = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    const page = Math.floor(event.currentTarget.clientHeight / rowHeight());
    const index = indexAfterKey(event.key, opened, frameCount, page);
    if (index === undefined) return;
    event.preventDefault();
    show({ type: 'open', index });
  };
  const pick = (index: number): void => {
    show({ type: 'open', index });
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
        aria-activedescendant={rows.some(({ index }) => index === opened) ? rowId(opened) : undefined}
        onScroll={listAround}
        onKeyDown={move}
      >
        <Spacer rows={listed} rowHeight={rowHeight} />
        {rows.map((row) => (
          <FrameRowView
            key={row.index}
            row={row}
            count={frameCount}
            open={row.index === opened}
            onOpen={() => pick(row.index)}
          />
        ))}
        <Spacer rows={frameCount - listed - rows.length} rowHeight={rowHeight} />
      </div>
    </section>
  );
}

/** The height of rows that are not drawn. Set by script, because the page's policy forbids style attributes. */
function Spacer({ rows, rowHeight }: { readonly rows: number; readonly rowHeight: () => number }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (element.current !== null) element.current.style.blockSize = `${rows * rowHeight()}px`;
  }, [rows]);
  return <div ref={element} role="presentation" />;
}

function indexAfterKey(key: string, opened: number, count: number, page: number): number | undefined {
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

/** Scrolls the list just far enough to show a row; a row that is far away comes to the middle. */
function reveal(list: HTMLElement, index: number, rowHeight: number): void {
  const { scrollTop, clientHeight } = list;
  const top = index * rowHeight;
  const bottom = top + rowHeight;
  const far = top < scrollTop - clientHeight || bottom > scrollTop + 2 * clientHeight;
  if (far) list.scrollTop = top - clientHeight / 2;
  else if (top < scrollTop) list.scrollTop = top;
  else if (bottom > scrollTop + clientHeight) list.scrollTop = bottom - clientHeight;
}

/** Where the open frame is below the list, as on a phone, scrolls the page to its payload. */
function revealBelow(list: HTMLElement | null): void {
  const payload = list?.closest('.decoder-result')?.querySelector('.opened');
  if (!list || !payload) return;
  const { top } = payload.getBoundingClientRect();
  if (top >= list.getBoundingClientRect().bottom && top > innerHeight / 2) payload.scrollIntoView({ block: 'start' });
}
