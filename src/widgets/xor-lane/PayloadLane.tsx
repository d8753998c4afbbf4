import { useEffect, useRef } from 'preact/hooks';
import type { XorLaneAction } from './model.ts';
import type { LaneByte, XorLaneView } from './present.ts';

interface Props {
  readonly view: XorLaneView;
  readonly cut: number;
  readonly dispatch: (action: XorLaneAction) => void;
}

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** The payload, four bytes to a group as the key has four: one is in the tab order, and the arrows go on from there. */
export function PayloadLane({ view, cut, dispatch }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const { bytes, current, hiddenBytes } = view;
  useEffect(() => keepInSight(row.current, current.index), [current.index]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const at = move(current.index, bytes.length - 1);
    dispatch({ type: 'go', at });
    row.current?.querySelectorAll('button')[at]?.focus();
  };
  const groups = Array.from({ length: Math.ceil(bytes.length / 4) }, (_, g) => bytes.slice(4 * g, 4 * g + 4));
  return (
    <div class="xor-lane-rows">
      <div class="xor-legend" aria-hidden="true">
        <span>byte</span>
        <span>on the wire</span>
        <span>XOR key</span>
        <span>payload</span>
        <span>text</span>
      </div>
      <div class="xor-groups" ref={row} role="toolbar" aria-label="Bytes of the payload" onKeyDown={onKeyDown}>
        {groups.map((group) => (
          <div class="xor-group" key={group[0]?.index}>
            {group.map((byte) => (
              <Column
                key={byte.index}
                byte={byte}
                picked={byte.index === current.index}
                startsRead={cut > 0 && byte.index === cut}
                pick={() => dispatch({ type: 'go', at: byte.index })}
              />
            ))}
          </div>
        ))}
        {hiddenBytes > 0 && <p class="xor-hidden">and {hiddenBytes} more</p>}
      </div>
    </div>
  );
}

/** A long payload scrolls within its own box: the page stays where it is. */
function keepInSight(row: HTMLDivElement | null, at: number): void {
  const box = row?.parentElement;
  const column = row?.querySelectorAll('button')[at];
  if (!box || !column) return;
  const { offsetTop, offsetHeight } = column;
  if (offsetTop < box.scrollTop) box.scrollTop = offsetTop;
  else if (offsetTop + offsetHeight > box.scrollTop + box.clientHeight) {
    box.scrollTop = offsetTop + offsetHeight - box.clientHeight;
  }
}

interface ColumnProps {
  readonly byte: LaneByte;
  readonly picked: boolean;
  readonly startsRead: boolean;
  readonly pick: () => void;
}

function Column({ byte, picked, startsRead, pick }: ColumnProps) {
  const { index, wire, keyIndex, key, result, character, wrong, waiting } = byte;
  const comes = waiting ? 'not unmasked yet' : `gives ${result}${character === '' ? '' : `, ${character}`}`;
  return (
    <button
      type="button"
      class="xor-column"
      tabIndex={picked ? 0 : -1}
      aria-pressed={picked}
      data-read={startsRead || undefined}
      onClick={pick}
    >
      <span class="visually-hidden">
        {`byte ${index}: ${wire} with key byte ${keyIndex}, ${key}, ${comes}`}
        {wrong && !waiting && ', wrong'}
        {startsRead && '; the second read begins here'}
      </span>
      <span class="xor-index" aria-hidden="true">
        {index}
      </span>
      <span class="field-payload-data xor-wire" aria-hidden="true">
        {wire}
      </span>
      <span class="field-masking-key" aria-hidden="true">
        {key}
        <sub>{keyIndex}</sub>
      </span>
      <span
        aria-hidden="true"
        class="field-payload-data"
        data-wrong={(wrong && !waiting) || undefined}
        data-waiting={waiting || undefined}
      >
        {waiting ? '··' : result}
      </span>
      <span class="xor-character" aria-hidden="true">
        {waiting ? '' : character}
      </span>
    </button>
  );
}
