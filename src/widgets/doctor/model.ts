import type { DoctorAnswer, DoctorReport, DoctorStep } from '../../companion/doctor.ts';

/** What the figure shows. */
export interface DoctorState {
  /** The address in the form. */
  readonly url: string;
  readonly phase: 'ready' | 'running' | 'done';
  readonly steps: readonly DoctorStep[];
  readonly report: DoctorReport | undefined;
  /** Why there is no report; undefined if all is well. */
  readonly problem: string | undefined;
}

export type DoctorAction =
  | { readonly type: 'fill'; readonly url: string }
  | { readonly type: 'start' }
  | { readonly type: 'answer'; readonly answer: DoctorAnswer }
  | { readonly type: 'lose'; readonly why: string };

export const INITIAL_DOCTOR: DoctorState = {
  url: '',
  phase: 'ready',
  steps: [],
  report: undefined,
  problem: undefined,
};

/** The next state. */
export function reduceDoctor(state: DoctorState, action: DoctorAction): DoctorState {
  switch (action.type) {
    case 'fill':
      return { ...state, url: action.url };
    case 'start':
      return { ...state, phase: 'running', steps: [], report: undefined, problem: undefined };
    case 'lose':
      return state.phase === 'running' ? { ...state, phase: 'done', problem: action.why } : state;
    case 'answer':
      return state.phase === 'running' ? take(state, action.answer) : state;
  }
}

function take(state: DoctorState, answer: DoctorAnswer): DoctorState {
  if (answer.type === 'step') return { ...state, steps: [...state.steps, answer.step] };
  if (answer.type === 'problem') return { ...state, phase: 'done', problem: answer.sentence };
  return { ...state, phase: 'done', steps: answer.report.steps, report: answer.report };
}

/** What a screen reader is told. */
export function announceDoctor({ phase, steps, report }: DoctorState): string {
  if (phase === 'running') return steps.length === 0 ? 'The doctor is at work.' : (steps.at(-1)?.sentence ?? '');
  if (report === undefined) return '';
  return `${report.opens ? 'It opens.' : 'It does not open.'} ${report.sentence}`;
}

/** The link to the cause on the page, if the page has it. */
export function causeLink({ cause }: Pick<DoctorReport, 'cause'>, known: readonly string[]): string | undefined {
  return known.includes(cause) ? `#${cause}` : undefined;
}
