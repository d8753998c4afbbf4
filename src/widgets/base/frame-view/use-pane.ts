import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type BitRange, byteRange } from './bit-range.ts';
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

/** The props of the element around a pane's cells. Each cell names its bits in `data-bits`. */
export interface PaneProps {
  readonly ref: RefObject<HTMLDivElement>;
  readonly onKeyDown: JSX.KeyboardEventHandler<HTMLElement>;
  readonly onPointerDown: JSX.PointerEventHandler<HTMLElement>;
  readonly onPointerOver: JSX.PointerEventHandler<HTMLElement>;
  readonly onPointerLeave: JSX.PointerEventHandler<HTMLElement>;
  readonly onClick: JSX.MouseEventHandler<HTMLElement>;
}

/** A finger needs a target of this width. On a narrower bit it picks the whole byte. WCAG 2.2, 2.5.8. */
const MIN_TARGET_PX = 24;

/**
 * Mouse, touch and keys for the cells of one pane. One cell of each pane is in the tab order, and the arrows move from
 * there.
 *
 * @param rowBytesOf how many bytes a row of the pane has in its current layout
 */
export function usePane(
  state: FrameState,
  dispatch: (action: FrameAction) => void,
  unit: Unit,
  rowBytesOf: (pane: HTMLElement) => number,
): PaneProps {
  const ref = useRef<HTMLDivElement>(null);
  const moved = useRef(false);

  const focusCell = (): void => ref.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();

  // The cell that the keyboard moved to has been drawn by now.
  useLayoutEffect(() => {
    if (moved.current) focusCell();
    moved.current = false;
  }, [state.focus]);

  const onKeyDown = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.metaKey) return;
    const action = actionOf(event, unit, rowBytesOf);
    if (action === undefined) return;
    event.preventDefault();
    moved.current = action.type === 'move';
    dispatch(action);
  };

  const pick = (event: MouseEvent, extend: boolean): void => {
    const cell = cellOf(event.target);
    if (cell === undefined) return;
    const finger = unit === 'bit' && (event as PointerEvent).pointerType === 'touch';
    const narrow = finger && (event.target as HTMLElement).clientWidth < MIN_TARGET_PX;
    dispatch({ type: 'pick', cell: narrow ? byteRange(cell.start >> 3) : cell, extend });
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
    onClick: (event) => {
      // The mouse picked when its button went down, so that dragging can extend. A label takes no focus: the arrows and
      // Escape need it in a cell.
      if ((event as unknown as PointerEvent).pointerType === 'mouse') focusCell();
      else pick(event, event.shiftKey);
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

/** The step that a key asks for; undefined for other keys. */
export function stepOf({ key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean }): Step | undefined {
  return ctrlKey && key === 'Home' ? 'first' : ctrlKey && key === 'End' ? 'last' : KEYS[key];
}

/** The value of a cell's `data-bits`. */
export function bitsAttribute({ start, end }: BitRange): string {
  return `${start}-${end}`;
}

/** The bits of the cell in which an event happened. */
export function cellOf(target: EventTarget | null): BitRange | undefined {
  const bits = target instanceof Element ? target.closest<HTMLElement>('[data-bits]')?.dataset['bits'] : undefined;
  const [start, end] = bits?.split('-').map(Number) ?? [];
  return start === undefined || end === undefined ? undefined : { start, end };
}
