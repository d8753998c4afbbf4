import { useRef } from 'preact/hooks';
import type { LaneCell, LaneView } from './model.ts';
import type { CutBy } from './pieces.ts';

interface Props {
  readonly view: LaneView;
  readonly picked: number;
  readonly cutBy: CutBy;
  readonly pick: (index: number) => void;
}

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** The bytes in a row; one is in the tab order, the arrows go on from there, and what stands below explains it. */
export function Lane({ view, picked, cutBy, pick }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const { cells, said } = view;
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move === undefined || cells.length === 0) return;
    event.preventDefault();
    const at = move(picked, cells.length - 1);
    pick(at);
    row.current?.querySelectorAll('button')[at]?.focus();
  };
  return (
    <>
      <div class="utf8-row" ref={row} role="toolbar" aria-label="Bytes of the text" onKeyDown={onKeyDown}>
        {cells.map((cell) => (
          <Byte key={cell.step.index} cell={cell} picked={cell.step.index === picked} cutBy={cutBy} pick={pick} />
        ))}
      </div>
      <p class="utf8-said" role="status">
        {said}
      </p>
    </>
  );
}

interface ByteProps {
  readonly cell: LaneCell;
  readonly picked: boolean;
  readonly cutBy: CutBy;
  readonly pick: (index: number) => void;
}

function Byte({ cell, picked, cutBy, pick }: ByteProps) {
  const { step, hex, marker, rest, allowed, character, escaped, role, cutBefore, begins, ends } = cell;
  return (
    <button
      type="button"
      class="utf8-byte"
      tabIndex={picked ? 0 : -1}
      aria-pressed={picked}
      data-role={step.role}
      data-begins={begins || undefined}
      data-ends={ends || undefined}
      data-cut={cutBefore ? cutBy : undefined}
      onClick={() => pick(step.index)}
    >
      <span class="visually-hidden">
        byte {step.index + 1}, hex {hex}, {role}
        {cutBefore && `, the ${cutBy} begins here`}
      </span>
      <span class="utf8-allowed" aria-hidden="true">
        {allowed}
      </span>
      <span class="utf8-hex" aria-hidden="true">
        {hex}
      </span>
      <span class="utf8-bits" aria-hidden="true">
        <b>{marker}</b>
        {rest}
      </span>
      <span class="utf8-role" aria-hidden="true">
        {role}
      </span>
      <span class="utf8-character" data-escaped={escaped || undefined} aria-hidden="true">
        {character}
      </span>
    </button>
  );
}
