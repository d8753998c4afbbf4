import type { Answer, Verdict } from './exercise.ts';

/** One exercise as the reader has it before them. */
export interface ExerciseState {
  /** What its question was drawn from. */
  readonly seed: number;
  readonly answer: Answer;
  readonly verdict: Verdict | undefined;
  /** How often this question was answered. The solution is shown only after a try. */
  readonly tries: number;
  readonly hintShown: boolean;
  readonly solutionShown: boolean;
  /** Whether the solution of this question was ever open. */
  readonly solutionRead: boolean;
  /** Whether it was ever answered right, with whatever question. */
  readonly solved: boolean;
}

export type ExerciseAction =
  | { readonly type: 'draw'; readonly seed: number; readonly answer: Answer }
  | { readonly type: 'answer'; readonly answer: Answer }
  | { readonly type: 'judge'; readonly verdict: Verdict }
  | { readonly type: 'recallSolved' }
  | { readonly type: 'toggleHint' }
  | { readonly type: 'toggleSolution' };

/** An exercise that was just drawn. */
export function initialExerciseState(seed: number, answer: Answer): ExerciseState {
  return {
    seed,
    answer,
    verdict: undefined,
    tries: 0,
    hintShown: false,
    solutionShown: false,
    solutionRead: false,
    solved: false,
  };
}

export function reduceExercise(state: ExerciseState, action: ExerciseAction): ExerciseState {
  switch (action.type) {
    case 'draw':
      return { ...initialExerciseState(action.seed, action.answer), solved: state.solved };
    case 'answer':
      // A verdict on what was there before says nothing about what is there now.
      return { ...state, answer: action.answer, verdict: undefined };
    case 'judge':
      return judge(state, action.verdict);
    case 'recallSolved':
      return { ...state, solved: true };
    case 'toggleHint':
      return { ...state, hintShown: !state.hintShown };
    case 'toggleSolution':
      if (state.tries === 0) return state;
      return { ...state, solutionShown: !state.solutionShown, solutionRead: true };
  }
}

/** Who has read the solution of a question can no longer solve it: the next one counts. */
function judge(state: ExerciseState, verdict: Verdict): ExerciseState {
  const solved = state.solved || (verdict.right && !state.solutionRead);
  return { ...state, verdict, tries: state.tries + 1, solved };
}

/** Moves one item of an order up or down by one. */
export function moveItem(answer: Answer, place: number, by: -1 | 1): Answer {
  const moved = answer[place];
  const other = answer[place + by];
  if (moved === undefined || other === undefined) return answer;
  return answer.with(place, other).with(place + by, moved);
}

/** Picks or drops a cell. One pick more than there may be drops the pick made longest ago. */
export function pickCell(answer: Answer, cell: number, picks: number): Answer {
  const name = String(cell);
  if (answer.includes(name)) return answer.filter((picked) => picked !== name);
  return [...answer, name].slice(-picks);
}

/** The cells picked in rising order: what an exercise is given to judge. */
export function inOrder(answer: Answer): Answer {
  return answer.toSorted((a, b) => Number(a) - Number(b));
}
