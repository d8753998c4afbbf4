import { formatNumber } from '../../../text/count.ts';
import './strip.css';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type BitRange, byteRange, overlaps } from '../frame-view/bit-range.ts';
import type { Strip as StripModel } from './strip.ts';

interface Props {
  readonly strip: StripModel;
  readonly label: string;
  /** Counts the frames that have arrived: a new number lets the tiles arrive anew. */
  readonly arrival: number;
  /** What is lit in the other panes of the same frame. */
  readonly lit?: BitRange | undefined;
  /** Learns the byte that is pointed at here. */
  readonly onLit?: (range: BitRange | undefined) => void;
}

/** A frame as one row of colored bytes. Point at one, or move with the arrow keys, and a sentence says what it is. */
export function Strip({ strip, label, arrival, lit, onLit }: Props) {
  const [picked, setPicked] = useState<number>();
  const [hovered, setHovered] = useState<number>();
  const row = useRef<HTMLDivElement>(null);
  const bytes = strip.groups.flatMap((group) => group.bytes);
  const shown = bytes.find(({ index }) => index === (hovered ?? picked));
  useEffect(() => onLit?.(shown && byteRange(shown.index)), [shown?.index]);
  const said = shown?.sentence ?? strip.summary;

  // The same frame may be explained anew: what is picked in it stays picked.
  const frame = bytes.map(({ hex }) => hex).join('');
  useEffect(() => {
    setPicked(undefined);
    setHovered(undefined);
  }, [frame]);

  const move = (event: JSX.TargetedKeyboardEvent<HTMLElement>): void => {
    const next = indexAfter(event.key, picked ?? -1, bytes.length - 1);
    if (next === undefined) {
      if (event.key === 'Escape') setPicked(undefined);
      return;
    }
    event.preventDefault();
    setPicked(next);
    setHovered(undefined);
    row.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
  };

  return (
    <div class="strip">
      <div
        ref={row}
        class="strip-row"
        role="listbox"
        aria-label={label}
        aria-orientation="horizontal"
        tabIndex={-1}
        key={arrival}
        data-arrived={arrival > 0 || undefined}
        onKeyDown={move}
        onPointerOver={(event) => event.pointerType === 'mouse' && setHovered(indexOf(event.target))}
        onPointerLeave={() => setHovered(undefined)}
        onClick={(event) => setPicked(indexOf(event.target))}
      >
        {strip.groups.map((group) => (
          <div class="strip-group" role="group" aria-label={group.name} key={group.name}>
            <span class="strip-name" aria-hidden="true">
              {group.name}
            </span>
            <div class="strip-bytes" role="presentation">
              {group.bytes.map(({ index, hex, tint, below }) => (
                <span
                  key={index}
                  class="strip-byte"
                  role="option"
                  tabIndex={index === (picked ?? 0) ? 0 : -1}
                  aria-selected={index === shown?.index}
                  data-lit={overlaps(byteRange(index), lit) || undefined}
                  data-partner={index === shown?.partner || undefined}
                  data-index={index}
                  onFocus={() => setPicked(index)}
                >
                  <span class={`strip-hex ${tint}`}>{hex}</span>
                  {below !== undefined && <span class="strip-below">{below}</span>}
                </span>
              ))}
              {group === strip.groups.at(-1) && strip.more > 0 && (
                <span class="strip-more" role="presentation">
                  … {formatNumber(strip.more)} more
                </span>
              )}
            </div>
          </div>
        ))}
      </div>
      <p class="strip-said" role="status">
        {said}
      </p>
    </div>
  );
}

function indexOf(target: EventTarget | null): number | undefined {
  const index = target instanceof Element ? target.closest<HTMLElement>('[data-index]')?.dataset['index'] : undefined;
  return index === undefined ? undefined : Number(index);
}

function indexAfter(key: string, here: number, last: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: here + 1,
    ArrowLeft: here - 1,
    Home: 0,
    End: last,
  };
  const target = steps[key];
  return target === undefined ? undefined : Math.max(0, Math.min(last, target));
}
