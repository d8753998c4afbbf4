import { useRef, useState } from 'preact/hooks';
import { stripOf } from './model.ts';
import { type Plan, toggleCut } from './plan.ts';

interface Props {
  readonly plan: Plan;
  readonly change: (plan: Plan) => void;
}

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 1),
  Home: () => 1,
  End: (_, last) => last,
};

/** The message's bytes, each with a switch behind it, so that every line of them begins with a byte. One switch is in the tab order, the arrows go on from there. */
export function CutStrip({ plan, change }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(1);
  const bytes = stripOf(plan);
  const last = bytes.length - 1;
  const stop = Math.max(1, Math.min(at, last));
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move === undefined || last < 1) return;
    event.preventDefault();
    const next = move(stop, last);
    setAt(next);
    row.current?.querySelectorAll('button')[next - 1]?.focus();
  };
  return (
    <div class="cut-strip" ref={row} role="toolbar" aria-label="Where the message is cut" onKeyDown={onKeyDown}>
      {bytes.map(({ index, hex, character }) => (
        <span class="cut-cell" key={index}>
          <span class="cut-byte">
            <span class="cut-hex">{hex}</span>
            <span class="cut-character">{character}</span>
          </span>
          {bytes.slice(index + 1, index + 2).map((next) => (
            <button
              key={next.index}
              type="button"
              class="cut-switch"
              tabIndex={next.index === stop ? 0 : -1}
              aria-pressed={next.cutBefore}
              aria-label={`cut after byte ${next.index}${next.insideCharacter ? ', inside a character' : ''}`}
              onClick={() => {
                setAt(next.index);
                change(toggleCut(plan, next.index));
              }}
            />
          ))}
        </span>
      ))}
    </div>
  );
}
