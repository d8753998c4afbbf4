import type { Answer, AnswerForm, Verdict } from './exercise.ts';
import { moveItem } from './model.ts';

interface Props {
  readonly form: AnswerForm & { readonly kind: 'order' };
  readonly answer: Answer;
  readonly verdict: Verdict | undefined;
  readonly onAnswer: (answer: Answer) => void;
}

/** Items to put in order: each has a button up and a button down. */
export function OrderAnswer({ form, answer, verdict, onAnswer }: Props) {
  const move = (place: number, by: -1 | 1) => (event: MouseEvent) => {
    onAnswer(moveItem(answer, place, by));
    // The item is drawn elsewhere now; the focus goes with its button.
    const button = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => button.focus());
  };
  return (
    <fieldset class="exercise-order">
      <legend>{form.legend}</legend>
      <ol>
        {answer.map((item, place) => {
          const text = form.items[Number(item)] ?? '';
          const wrong = verdict?.right === false && verdict.range?.start === place;
          return (
            <li key={item}>
              <div class="exercise-item" data-wrong={wrong || undefined}>
                <span>{text}</span>
                <button type="button" disabled={place === 0} aria-label={`${text}: up`} onClick={move(place, -1)}>
                  ↑
                </button>
                <button
                  type="button"
                  disabled={place === answer.length - 1}
                  aria-label={`${text}: down`}
                  onClick={move(place, 1)}
                >
                  ↓
                </button>
              </div>
            </li>
          );
        })}
      </ol>
    </fieldset>
  );
}
