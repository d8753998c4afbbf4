import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { isSolved, markSolved } from '../../scripts/progress-store.ts';
import { readHashParameters } from '../base/address/hash-parameters.ts';
import type { BuiltExercise } from './built-exercises.ts';
import { type Answer, BUILT_SEED, type Exercise, emptyAnswer, type Question } from './exercise.ts';
import { type ExerciseState, initialExerciseState, inOrder, reduceExercise } from './model.ts';
import { readDraft, storeDraft } from './storage.ts';

/** What one exercise shows, and what its controls do. */
export interface ExerciseControls {
  readonly question: Question;
  readonly state: ExerciseState;
  /** Whether the judge is here: before, nothing can be answered. */
  readonly ready: boolean;
  readonly answer: (answer: Answer) => void;
  readonly judge: () => void;
  readonly again: () => void;
  readonly toggleHint: () => void;
  readonly toggleSolution: () => void;
}

export interface ExerciseOptions {
  readonly chapter: string;
  readonly built: BuiltExercise;
  /** Undefined until the chapter's exercises are loaded. */
  readonly exercise: Exercise | undefined;
  /** Puts a question into the page's address. */
  readonly write: (address: { readonly check: string; readonly seed: string }) => void;
}

/** One exercise as it lives in the page: drawn afresh or found again, judged, kept. */
export function useExercise({ chapter, built, exercise, write }: ExerciseOptions): ExerciseControls {
  const [state, dispatch] = useReducer(reduceExercise, undefined, () =>
    initialExerciseState(BUILT_SEED, emptyAnswer(built.question.form)),
  );
  const drawn = useMemo(() => exercise?.generate(state.seed), [exercise, state.seed]);

  const draw = (seed: number): void => {
    if (exercise === undefined) return;
    dispatch({ type: 'draw', seed, answer: emptyAnswer(exercise.generate(seed).question.form) });
  };
  useEffect(() => {
    if (exercise === undefined) return;
    if (isSolved(chapter, exercise.id)) dispatch({ type: 'recallSolved' });
    const parameters = readHashParameters(location.hash);
    const linked = parameters.get('check') === exercise.id ? seedOf(parameters) : undefined;
    const draft = readDraft(chapter, exercise.id);
    if (linked !== undefined && linked !== draft?.seed) draw(linked);
    else if (draft !== undefined) dispatch({ type: 'draw', ...draft });
    else draw(randomSeed());
  }, [exercise]);

  const remember = (seed: number, answer: Answer): void => {
    storeDraft(chapter, built.id, { seed, answer });
    write({ check: built.id, seed: String(seed) });
  };
  return {
    question: drawn?.question ?? built.question,
    state,
    ready: drawn !== undefined,
    answer(answer) {
      dispatch({ type: 'answer', answer });
      remember(state.seed, answer);
    },
    judge() {
      if (drawn === undefined) return;
      const cells = drawn.question.form.kind === 'cells';
      const verdict = drawn.verify(cells ? inOrder(state.answer) : state.answer);
      dispatch({ type: 'judge', verdict });
      if (verdict.right && !state.solutionRead) markSolved(chapter, built.id);
    },
    again() {
      const seed = randomSeed();
      draw(seed);
      remember(seed, emptyAnswer(exercise?.generate(seed).question.form ?? built.question.form));
    },
    toggleHint: () => dispatch({ type: 'toggleHint' }),
    toggleSolution: () => dispatch({ type: 'toggleSolution' }),
  };
}

/** `#check=write-the-accept&seed=123` @returns undefined where it is no number to draw from */
export function seedOf(parameters: URLSearchParams): number | undefined {
  const seed = Number(parameters.get('seed') ?? Number.NaN);
  return Number.isSafeInteger(seed) && seed >= 0 ? seed : undefined;
}

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
