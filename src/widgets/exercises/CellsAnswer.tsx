import { useRef, useState } from 'preact/hooks';
import type { Answer, AnswerForm, Verdict } from './exercise.ts';
import { pickCell } from './model.ts';

interface Props {
  readonly form: AnswerForm & { readonly kind: 'cells' };
  readonly answer: Answer;
  readonly verdict: Verdict | undefined;
  readonly onAnswer: (answer: Answer) => void;
}

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  ArrowDown: (at, last) => Math.min(at + 8, last),
  ArrowUp: (at) => Math.max(at - 8, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Bytes or bits to pick from. One is in the tab order; the arrows go on from there. */
export function CellsAnswer({ form, answer, verdict, onAnswer }: Props) {
  const group = useRef<HTMLFieldSetElement>(null);
  const [stop, setStop] = useState(0);
  const { cells, unit, picks, legend } = form;
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const at = move(Math.min(stop, cells.length - 1), cells.length - 1);
    setStop(at);
    group.current?.querySelectorAll('button')[at]?.focus();
  };
  return (
    <fieldset class="exercise-cells" ref={group} onKeyDown={onKeyDown}>
      <legend>
        {legend} (pick {picks})
      </legend>
      {cells.map(({ text, below }, index) => (
        <button
          type="button"
          // Cells have no other name than their place.
          key={String(index)}
          tabIndex={index === Math.min(stop, cells.length - 1) ? 0 : -1}
          aria-pressed={answer.includes(String(index))}
          data-wrong={isWrong(index, verdict) || undefined}
          onClick={() => {
            setStop(index);
            onAnswer(pickCell(answer, index, picks));
          }}
        >
          <span class="visually-hidden">
            {unit} {index + 1}:{' '}
          </span>
          {text}
          {below !== undefined && <span class="exercise-below"> {below}</span>}
        </button>
      ))}
    </fieldset>
  );
}

function isWrong(index: number, verdict: Verdict | undefined): boolean {
  if (verdict?.right !== false || verdict.range === undefined) return false;
  return index >= verdict.range.start && index < verdict.range.end;
}
