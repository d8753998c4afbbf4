import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { BitRange } from './bit-range.ts';
import type { FrameAction, FrameState } from './model.ts';
import type { Step, Unit } from './moves.ts';

const KEYS: Readonly<Record<string, Step>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  ArrowDown: 'down',
  ArrowUp: 'up',
  Home: 'rowStart',
  End: 'rowEnd',
};

/** What a pane puts on the element around its cells; each cell says its bits in `data-bits`. */
export interface PaneProps {
  readonly ref: RefObject<HTMLDivElement>;
  readonly onKeyDown: JSX.KeyboardEventHandler<HTMLElement>;
  readonly onPointerDown: JSX.PointerEventHandler<HTMLElement>;
  readonly onPointerOver: JSX.PointerEventHandler<HTMLElement>;
  readonly onPointerLeave: JSX.PointerEventHandler<HTMLElement>;
  readonly onClick: JSX.MouseEventHandler<HTMLElement>;
}

/**
 * Mouse, touch and keys for the cells of one pane, in one place for all of them. One cell of a pane is in the tab
 * order; the arrows go on from there.
 *
 * @param rowBytesOf how many bytes a row has as it is laid out at this moment
 */
export function usePane(
  state: FrameState,
  dispatch: (action: FrameAction) => void,
  unit: Unit,
  rowBytesOf: (pane: HTMLElement) => number,
): PaneProps {
  const ref = useRef<HTMLDivElement>(null);
  const moved = useRef(false);

  // The cell that the keyboard moved to is drawn by now: the browser's focus follows it.
  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    ref.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [state.focus]);

  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    if (cellOf(event.target) === undefined || event.altKey || event.metaKey) return;
    const action = actionOf(event, unit, rowBytesOf);
    if (action === undefined) return;
    event.preventDefault();
    moved.current = action.type === 'move';
    dispatch(action);
  };

  const pick = (event: MouseEvent, extend: boolean): void => {
    const cell = cellOf(event.target);
    if (cell !== undefined) dispatch({ type: 'pick', cell, extend });
  };

  return {
    ref,
    onKeyDown,
    onPointerDown: (event) => {
      if (event.pointerType === 'mouse' && event.button === 0) pick(event, event.shiftKey);
    },
    onPointerOver: (event) => {
      if (event.pointerType !== 'mouse') return;
      if ((event.buttons & 1) === 1) pick(event, true);
      else dispatch({ type: 'hover', cell: cellOf(event.target) });
    },
    onPointerLeave: () => dispatch({ type: 'hover', cell: undefined }),
    // The mouse has picked when it went down, so that dragging can extend.
    onClick: (event) => {
      if ((event as unknown as PointerEvent).pointerType !== 'mouse') pick(event, event.shiftKey);
    },
  };
}

function actionOf(
  event: JSX.TargetedKeyboardEvent<HTMLElement>,
  unit: Unit,
  rowBytesOf: (pane: HTMLElement) => number,
): FrameAction | undefined {
  const { key, shiftKey, currentTarget } = event;
  if (key === 'Escape') return { type: 'clear' };
  if (key === 'Enter' || key === ' ') return { type: 'pin' };
  const step = stepOf(event);
  return step && { type: 'move', unit, step, rowBytes: rowBytesOf(currentTarget), extend: shiftKey };
}

/** The step to another cell that a key stands for, if any. */
export function stepOf({ key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean }): Step | undefined {
  return ctrlKey && key === 'Home' ? 'first' : ctrlKey && key === 'End' ? 'last' : KEYS[key];
}

/** What a cell writes into `data-bits`. */
export function bitsAttribute({ start, end }: BitRange): string {
  return `${start}-${end}`;
}

/** The bits of the cell that an event happened on. */
export function cellOf(target: EventTarget | null): BitRange | undefined {
  const bits = target instanceof Element ? target.closest<HTMLElement>('[data-bits]')?.dataset['bits'] : undefined;
  const [start, end] = bits?.split('-').map(Number) ?? [];
  return start === undefined || end === undefined ? undefined : { start, end };
}
