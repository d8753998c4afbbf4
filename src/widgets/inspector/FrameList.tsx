import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from '../base/log/entry.ts';
import { FrameListRow, rowId } from './FrameListRow.tsx';
import type { InspectorAction, InspectorState } from './model.ts';
import { listWindow } from './window.ts';

interface Props {
  readonly state: InspectorState;
  readonly dispatch: (action: InspectorAction) => void;
}

/** Before anything was measured; the styles give all rows one height. */
const FIRST_ROW_HEIGHT = 36;
const FIRST_VIEW_HEIGHT = 252;

/** Every row of the log; only those in sight are drawn. The newest stays in sight unless the reader scrolls up. */
export function FrameList({ state, dispatch }: Props) {
  const { entries, dropped } = state.log;
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ scrollTop: 0, viewHeight: FIRST_VIEW_HEIGHT, rowHeight: FIRST_ROW_HEIGHT });
  const atEnd = useRef(true);
  const drawn = listWindow(entries.length, view.rowHeight, view.scrollTop, view.viewHeight);
  const openId = state.opened?.kind === 'entry' ? state.opened.entry.id : undefined;
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
    dispatch({ type: 'open', id: entry.id });
    reveal(event.currentTarget, entry.id - (entries[0]?.id ?? 0), view.rowHeight);
  };

  return (
    <div class="frame-list">
      <div class="frame-list-bar">
        <h3>Three columns of truth</h3>
        <p class="frame-list-count" role="status">
          {countOf(entries.length, dropped, state.held?.length)}
        </p>
        <button
          type="button"
          class="needs-js"
          aria-pressed={state.held !== undefined}
          onClick={() => dispatch({ type: 'togglePause' })}
        >
          Pause
        </button>
        <button type="button" class="needs-js" onClick={() => dispatch({ type: 'clear' })}>
          Clear
        </button>
      </div>
      <div class="frame-list-head frame-list-grid" aria-hidden="true">
        <span>your JavaScript said</span>
        <span>on the wire</span>
        <span>your JavaScript was told</span>
      </div>
      <div
        ref={list}
        class="frame-list-rows"
        role="listbox"
        tabIndex={0}
        aria-label="What was said, what was on the wire, what was told"
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
            onOpen={() => dispatch({ type: 'open', id: entry.id })}
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

function countOf(kept: number, dropped: number, held: number | undefined): string {
  const rows = kept === 1 ? '1 row' : `${kept.toLocaleString('en')} rows`;
  const gone = dropped === 0 ? '' : `, ${dropped.toLocaleString('en')} older ones dropped`;
  return held === undefined ? rows + gone : `${rows}${gone}; paused, ${held.toLocaleString('en')} events wait`;
}

function entryAfterKey(key: string, entries: readonly Entry[], openId: number | undefined, page: number) {
  const firstId = entries[0]?.id ?? 0;
  const last = entries.length - 1;
  const here = openId === undefined ? last + 1 : openId - firstId;
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: here + 1,
    ArrowUp: here - 1,
    PageDown: here + page,
    PageUp: here - page,
    Home: 0,
    End: last,
  };
  const target = steps[key];
  return target === undefined ? undefined : entries[Math.max(0, Math.min(last, target))];
}

/** Scrolls just so far that the row is in sight, whether it is drawn yet or not. */
function reveal(list: HTMLElement, index: number, rowHeight: number): void {
  const top = index * rowHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
}
