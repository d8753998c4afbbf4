import './panes.css';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from '../log/entry.ts';
import { FrameListRow, rowId } from './FrameListRow.tsx';
import { countOf, entryAfterKey } from './rows.ts';
import { listWindow } from './window.ts';

interface Props {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** Rows that are no longer kept. */
  readonly dropped: number;
  /** How many events wait for the end of a pause; undefined while the list is not paused. */
  readonly held: number | undefined;
  readonly openId: number | undefined;
  /** Shows what was on the wire and nothing else: the connection's client is not this page. */
  readonly wireOnly?: boolean;
  readonly onOpen: (id: number) => void;
  readonly onTogglePause: () => void;
  readonly onClear: () => void;
}

/** Before anything was measured; the styles give all rows one height. */
const FIRST_ROW_HEIGHT = 36;
const FIRST_VIEW_HEIGHT = 252;

/** Every row of the log; only those in sight are drawn. The newest stays in sight unless the reader scrolls up. */
export function FrameList(props: Props) {
  const { title, entries, dropped, held, openId, wireOnly = false, onOpen, onTogglePause, onClear } = props;
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ scrollTop: 0, viewHeight: FIRST_VIEW_HEIGHT, rowHeight: FIRST_ROW_HEIGHT });
  const atEnd = useRef(true);
  const drawn = listWindow(entries.length, view.rowHeight, view.scrollTop, view.viewHeight);
  const openIsDrawn = entries.slice(drawn.first, drawn.end).some(({ id }) => id === openId);

  const measure = (): void => {
    const element = list.current;
    if (element === null) return;
    const rowHeight = element.querySelector<HTMLElement>('[role="option"]')?.offsetHeight ?? view.rowHeight;
    const { scrollTop, clientHeight: viewHeight, scrollHeight } = element;
    atEnd.current = scrollTop + viewHeight >= scrollHeight - rowHeight;
    if (scrollTop !== view.scrollTop || viewHeight !== view.viewHeight || rowHeight !== view.rowHeight) {
      setView({ scrollTop, viewHeight, rowHeight });
    }
  };

  useLayoutEffect(() => {
    const element = list.current;
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
    measure();
  }, [entries]);

  const move = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    const entry = entryAfterKey(event.key, entries, openId, Math.floor(view.viewHeight / view.rowHeight));
    if (entry === undefined) return;
    event.preventDefault();
    onOpen(entry.id);
    reveal(event.currentTarget, entry.id - (entries[0]?.id ?? 0), view.rowHeight);
  };

  return (
    <div class="frame-list" data-wire-only={wireOnly || undefined}>
      <div class="frame-list-bar">
        <h3>{title}</h3>
        <p class="frame-list-count" role="status">
          {countOf(entries.length, dropped, held)}
        </p>
        <button type="button" class="needs-js" onClick={onTogglePause}>
          {held === undefined ? 'Pause' : 'Resume'}
        </button>
        <button type="button" class="needs-js" onClick={onClear}>
          Clear
        </button>
      </div>
      {!wireOnly && (
        <div class="frame-list-head frame-list-grid" aria-hidden="true">
          <span>your JavaScript called</span>
          <span>on the wire</span>
          <span>your JavaScript received</span>
        </div>
      )}
      <div
        ref={list}
        class="frame-list-rows"
        role="listbox"
        tabIndex={0}
        aria-label={title}
        aria-activedescendant={openId !== undefined && openIsDrawn ? rowId(openId) : undefined}
        onScroll={measure}
        onKeyDown={move}
      >
        <Spacer height={drawn.aboveHeight} />
        {entries.slice(drawn.first, drawn.end).map((entry, i) => (
          <FrameListRow
            key={entry.id}
            entry={entry}
            position={drawn.first + i + 1}
            count={entries.length}
            open={entry.id === openId}
            wireOnly={wireOnly}
            onOpen={() => onOpen(entry.id)}
          />
        ))}
        <Spacer height={drawn.belowHeight} />
      </div>
    </div>
  );
}

/** Room for rows that are not drawn. Set from here, because the page's policy takes no style attributes. */
function Spacer({ height }: { readonly height: number }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (element.current !== null) element.current.style.blockSize = `${height}px`;
  }, [height]);
  return <div ref={element} role="presentation" />;
}

/** Scrolls just so far that the row is in sight, whether it is drawn yet or not. */
function reveal(list: HTMLElement, index: number, rowHeight: number): void {
  const top = index * rowHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
}
