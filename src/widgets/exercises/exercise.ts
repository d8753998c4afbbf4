/** An exercise whose question is drawn anew each time and whose answer the protocol code judges. */
export interface Exercise {
  /** Unique within its chapter, in kebab-case: it is kept in the reader's progress. */
  readonly id: string;
  readonly title: string;
  /** The same seed draws the same question. */
  readonly generate: (seed: number) => Drawn;
}

/** One question, and what judges the answers to it. */
export interface Drawn {
  readonly question: Question;
  readonly verify: (answer: Answer) => Verdict;
}

/** What the reader is asked. Plain data: it is written into the page when the site is built. */
export interface Question {
  /** What to do. Words between `backquotes` are shown as code; so in all texts here. */
  readonly task: string;
  readonly given: readonly Given[];
  readonly form: AnswerForm;
  readonly hint: string;
  readonly solution: Solution;
}

/** What the reader works with. */
export type Given =
  | { readonly kind: 'value'; readonly label: string; readonly text: string }
  | { readonly kind: 'bytes'; readonly label: string; readonly hex: string }
  | { readonly kind: 'lines'; readonly label: string; readonly lines: readonly string[] };

/** How the answer is given, and what each string of an {@link Answer} is. */
export type AnswerForm =
  /** One text, in one line or several. */
  | { readonly kind: 'line'; readonly label: string; readonly rows?: number; readonly numeric?: boolean }
  /** One text: bytes in hex. */
  | { readonly kind: 'hex'; readonly label: string }
  /** One of the options; with `code`, all but the last are lines of code. */
  | { readonly kind: 'choice'; readonly legend: string; readonly options: readonly string[]; readonly code?: boolean }
  /** The numbers of the cells picked, counted from 0, in rising order; as many as `picks`. */
  | {
      readonly kind: 'cells';
      readonly legend: string;
      readonly unit: 'byte' | 'bit';
      readonly cells: readonly Cell[];
      readonly picks: number;
    }
  /** The numbers of the items, counted from 0, in the order that the reader gave them. */
  | { readonly kind: 'order'; readonly legend: string; readonly items: readonly string[] }
  /** A text for each blank. */
  | { readonly kind: 'blanks'; readonly blanks: readonly Blank[] };

/** A byte or bit that can be picked: `48`, and below it `H`. */
export interface Cell {
  readonly text: string;
  readonly below?: string;
}

export interface Blank {
  readonly label: string;
  /** Where there are some, one of them is chosen; else a text is typed. */
  readonly options?: readonly string[];
}

export interface Solution {
  readonly steps: readonly string[];
  /** One right answer. */
  readonly answer: Answer;
}

/** What the reader answered; which string is which, the {@link AnswerForm} says. */
export type Answer = readonly string[];

/** What the protocol code says of an answer. */
export interface Verdict {
  readonly right: boolean;
  /** What is wrong, where, and why; or why it is right. */
  readonly sentence: string;
  /**
   * What it speaks of: bytes typed in hex, characters of a line, cells, items or blanks; counted from 0 and half-open.
   */
  readonly range?: { readonly start: number; readonly end: number };
}

/** The seed of the questions that stand in the page when it is built. */
export const BUILT_SEED = 6455;

/** The answer before the reader has given one. */
export function emptyAnswer(form: AnswerForm): Answer {
  switch (form.kind) {
    case 'cells':
      return [];
    case 'order':
      return form.items.map((_, index) => String(index));
    case 'blanks':
      return form.blanks.map(() => '');
    default:
      return [''];
  }
}

/** An answer in words, as the solution shows it. */
export function describeAnswer(form: AnswerForm, answer: Answer): string {
  switch (form.kind) {
    case 'cells':
      return `${form.unit}${answer.length > 1 ? 's' : ''} ${answer.map((cell) => Number(cell) + 1).join(' and ')}`;
    case 'hex':
      return answer.join('').replace(/..(?=.)/g, '$& ');
    case 'order':
      return answer.map((item) => form.items[Number(item)]).join('; ');
    case 'blanks':
      return form.blanks.map(({ label }, index) => `${label}: ${answer[index]}`).join('; ');
    default:
      return answer.join('');
  }
}

/** Whether there is enough of an answer to judge. */
export function isComplete(form: AnswerForm, answer: Answer): boolean {
  if (form.kind === 'cells') return answer.length === form.picks;
  return answer.every((part) => part.trim() !== '');
}
