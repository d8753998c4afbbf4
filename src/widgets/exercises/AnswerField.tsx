import { useId } from 'preact/hooks';
import { CellsAnswer } from './CellsAnswer.tsx';
import type { Answer, AnswerForm, Verdict } from './exercise.ts';
import { Marked } from './Marked.tsx';
import { OrderAnswer } from './OrderAnswer.tsx';

interface Props {
  readonly form: AnswerForm;
  readonly answer: Answer;
  readonly verdict: Verdict | undefined;
  readonly onAnswer: (answer: Answer) => void;
}

const TYPED = { autocomplete: 'off', autocapitalize: 'off', spellcheck: false } as const;

/** The control for the answer, whatever its form; what the verdict speaks of is marked. */
export function AnswerField({ form, answer, verdict, onAnswer }: Props) {
  const id = useId();
  const [first = ''] = answer;
  const wrong = verdict?.right === false;
  switch (form.kind) {
    case 'line':
    case 'hex': {
      const shared = {
        id,
        value: first,
        'aria-invalid': wrong,
        onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
          onAnswer([event.currentTarget.value]),
        ...TYPED,
      };
      const rows = form.kind === 'line' ? form.rows : undefined;
      const inputMode = form.kind === 'line' && form.numeric === true ? 'numeric' : 'text';
      return (
        <div class="exercise-line needs-js">
          <label for={id}>{form.label}</label>
          {rows === undefined ? (
            <input type="text" inputMode={inputMode} {...shared} />
          ) : (
            <textarea rows={rows} {...shared} />
          )}
          {wrong && <Marked form={form} text={first} range={verdict.range} />}
        </div>
      );
    }
    case 'choice':
      return (
        <fieldset class="exercise-choice">
          <legend>{form.legend}</legend>
          {form.options.map((option, index) => (
            <label key={option}>
              <input type="radio" name={id} checked={first === option} onChange={() => onAnswer([option])} />
              <span class={form.code === true && index < form.options.length - 1 ? 'exercise-code' : ''}>{option}</span>
            </label>
          ))}
        </fieldset>
      );
    case 'cells':
      return <CellsAnswer form={form} answer={answer} verdict={verdict} onAnswer={onAnswer} />;
    case 'order':
      return <OrderAnswer form={form} answer={answer} verdict={verdict} onAnswer={onAnswer} />;
    case 'blanks':
      return (
        <div class="exercise-blanks needs-js">
          {form.blanks.map(({ label, options }, index) => {
            const shared = {
              id: `${id}-${index}`,
              value: answer[index] ?? '',
              'aria-invalid': wrong && verdict.range?.start === index,
              onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
                onAnswer(answer.with(index, event.currentTarget.value)),
            };
            return (
              <div key={label}>
                <label for={shared.id}>{label}</label>
                {options === undefined ? (
                  <input type="text" {...shared} {...TYPED} />
                ) : (
                  <select {...shared}>
                    <option value="">…</option>
                    {options.map((option) => (
                      <option key={option}>{option}</option>
                    ))}
                  </select>
                )}
              </div>
            );
          })}
        </div>
      );
  }
}
