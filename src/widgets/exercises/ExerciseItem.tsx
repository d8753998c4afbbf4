import { useEffect, useId } from 'preact/hooks';
import { AnswerField } from './AnswerField.tsx';
import { describeAnswer, isComplete, type Question } from './exercise.ts';
import { GivenList } from './GivenList.tsx';
import { RichText } from './RichText.tsx';
import { type ExerciseOptions, useExercise } from './use-exercise.ts';

interface Props extends ExerciseOptions {
  readonly number: number;
  readonly onNext: (() => void) | undefined;
  readonly onSolved: (id: string) => void;
}

/** One exercise: the question, the answer, the verdict on it. */
export function ExerciseItem({ number, onNext, onSolved, ...options }: Props) {
  const { built } = options;
  const { question, state, ready, answer, judge, again, toggleHint, toggleSolution } = useExercise(options);
  const id = useId();
  const { verdict, tries, solved, hintShown, solutionShown } = state;
  useEffect(() => {
    if (solved) onSolved(built.id);
  }, [solved]);
  return (
    <li class="exercise" data-exercise={built.id} data-ready={ready || undefined}>
      <h3 tabIndex={-1}>
        <span class="exercise-number">{number}</span> {built.title}
        {solved && <span class="exercise-solved">solved</span>}
      </h3>
      <p>
        <RichText text={question.task} />
      </p>
      <GivenList given={question.given} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          judge();
        }}
      >
        <AnswerField form={question.form} answer={state.answer} verdict={verdict} onAnswer={answer} />
        <p class="exercise-buttons needs-js">
          <button type="submit" disabled={!ready || !isComplete(question.form, state.answer)}>
            Check my answer
          </button>
          <button type="button" aria-expanded={hintShown} aria-controls={`${id}-hint`} onClick={toggleHint}>
            Hint
          </button>
          <button
            type="button"
            aria-expanded={solutionShown}
            aria-controls={`${id}-solution`}
            disabled={tries === 0}
            title={tries === 0 ? 'Check an answer first' : undefined}
            onClick={toggleSolution}
          >
            Solution
          </button>
          <button type="button" disabled={!ready} onClick={again}>
            New problem
          </button>
          {verdict?.right === true && onNext !== undefined && (
            <button type="button" onClick={onNext}>
              Next exercise
            </button>
          )}
        </p>
      </form>
      <p class="verdict exercise-verdict" data-tone={verdict?.right === true ? 'ok' : 'danger'} role="status">
        {verdict !== undefined && <RichText text={verdict.sentence} />}
      </p>
      <p id={`${id}-hint`} class="exercise-hint" hidden={!hintShown}>
        <RichText text={question.hint} />
      </p>
      <details id={`${id}-solution`} class="exercise-solution" open={solutionShown}>
        <summary>Hint and solution</summary>
        <SolutionSteps question={question} />
      </details>
    </li>
  );
}

function SolutionSteps({ question }: { readonly question: Question }) {
  const { form, hint, solution } = question;
  return (
    <>
      <p class="exercise-built-hint">
        <RichText text={hint} />
      </p>
      <ol>
        {solution.steps.map((step) => (
          <li key={step}>
            <RichText text={step} />
          </li>
        ))}
      </ol>
      <p>
        The answer: <samp class="exercise-answer">{describeAnswer(form, solution.answer)}</samp>
      </p>
    </>
  );
}
