import type { Outcome } from './outcome.ts';
import type { ShownOutcome, ShownWire } from './present.ts';

/** One act as the table shows it. */
export interface ActRow {
  readonly name: string;
  readonly title: string;
  readonly section: string;
  readonly does: string;
  /** The rule that it breaks, and what that rule demands; undefined where nothing is wrong. */
  readonly rule: { readonly name: string; readonly requirement: string } | undefined;
  /** Where the page connects, and the message by which it orders the act. */
  readonly target: string;
  readonly order: string | undefined;
}

export interface ActRowGroup {
  readonly title: string;
  readonly rows: readonly ActRow[];
}

/** What one browser did. */
export interface BrowserColumn {
  readonly browser: string;
  readonly outcomes: Readonly<Record<string, ShownOutcome>>;
}

/** What the page contains when it is built. */
export interface BreakRulesData {
  readonly groups: readonly ActRowGroup[];
  readonly recorded: readonly BrowserColumn[];
}

/** Which outcome is shown: the reader's own, or a recorded one by its place. */
export type Seen = 'own' | number;

export interface BreakRulesState {
  /** The reader's browser; in the simulation, our own client. */
  readonly own: BrowserColumn;
  /** The outcomes behind it, to be kept. */
  readonly outcomes: readonly Outcome[];
  /** The act whose row is open. */
  readonly opened: string | undefined;
  readonly seen: Seen;
  /** The place of the frame or head that is shown in detail. */
  readonly taken: number | undefined;
  readonly running: string | undefined;
  /** The acts still to run, if several are run in a row. */
  readonly left: readonly string[];
}

export type BreakRulesAction =
  /** It is this browser that the server does it to. */
  | { readonly type: 'meet'; readonly browser: string }
  | { readonly type: 'recall'; readonly outcomes: readonly Outcome[]; readonly shown: readonly ShownOutcome[] }
  | { readonly type: 'toggle'; readonly act: string }
  | { readonly type: 'open'; readonly act: string }
  | { readonly type: 'see'; readonly seen: Seen }
  | { readonly type: 'take'; readonly place: number }
  | { readonly type: 'run'; readonly acts: readonly string[] }
  | { readonly type: 'done'; readonly outcome: Outcome; readonly shown: ShownOutcome }
  | { readonly type: 'stop' }
  | { readonly type: 'clear' };

/** Before anything is known of the reader's browser: the first act, as the first recorded browser met it. */
export function initialBreakRules({ groups, recorded }: BreakRulesData): BreakRulesState {
  const acts = groups.flatMap(({ rows }) => rows);
  const first = acts.find(({ name }) => recorded[0]?.outcomes[name]?.wire.some(({ from }) => from === 'client'));
  return {
    own: { browser: 'your browser', outcomes: {} },
    outcomes: [],
    opened: first?.name,
    seen: 0,
    taken: undefined,
    running: undefined,
    left: [],
  };
}

export function reduceBreakRules(state: BreakRulesState, action: BreakRulesAction): BreakRulesState {
  switch (action.type) {
    case 'meet': {
      const { browser } = action;
      return browser === state.own.browser ? state : { ...state, own: { browser, outcomes: {} }, outcomes: [] };
    }
    case 'recall':
      return withOutcomes(state, action.outcomes, action.shown);
    case 'toggle':
      return state.opened === action.act ? { ...state, opened: undefined, taken: undefined } : open(state, action.act);
    case 'open':
      return state.opened === action.act ? state : open(state, action.act);
    case 'see':
      return { ...state, seen: action.seen, taken: undefined };
    case 'take':
      return { ...state, taken: state.taken === action.place ? undefined : action.place };
    case 'run': {
      const [running, ...left] = action.acts;
      return running === undefined ? state : { ...open(state, running), seen: 'own', running, left };
    }
    case 'done': {
      const after = withOutcomes(state, [action.outcome], [action.shown]);
      const [next, ...left] = state.left;
      return { ...after, running: next, left, ...(next !== undefined && { opened: next, taken: undefined }) };
    }
    case 'stop':
      return { ...state, running: undefined, left: [] };
    case 'clear':
      return { ...state, own: { ...state.own, outcomes: {} }, outcomes: [], taken: undefined };
  }
}

/** The row opens on the reader's own outcome where there is one, else on what was recorded. */
function open(state: BreakRulesState, act: string): BreakRulesState {
  const own = state.own.outcomes[act] !== undefined;
  const seen = own ? 'own' : state.seen === 'own' ? 0 : state.seen;
  return { ...state, opened: act, seen, taken: undefined };
}

function withOutcomes(
  state: BreakRulesState,
  outcomes: readonly Outcome[],
  shown: readonly ShownOutcome[],
): BreakRulesState {
  const names = new Set(outcomes.map(({ act }) => act));
  const own = { ...state.own.outcomes, ...Object.fromEntries(shown.map((each) => [each.act, each])) };
  return {
    ...state,
    own: { ...state.own, outcomes: own },
    outcomes: [...state.outcomes.filter(({ act }) => !names.has(act)), ...outcomes],
    taken: undefined,
  };
}

/** The outcome that the open row shows; undefined where that browser has not met the act yet. */
export function seenOutcome(state: BreakRulesState, recorded: readonly BrowserColumn[]): ShownOutcome | undefined {
  if (state.opened === undefined) return undefined;
  return (state.seen === 'own' ? state.own : recorded[state.seen])?.outcomes[state.opened];
}

/** How many of a column's broken rules ended in a failed connection: `31 of 31`. */
export function countOf(
  { outcomes }: BrowserColumn,
  rows: readonly ActRow[],
): { readonly fails: number; readonly of: number } {
  const breaking = rows.filter(({ name, rule }) => rule !== undefined && outcomes[name] !== undefined);
  return { fails: breaking.filter(({ name }) => outcomes[name]?.reaction === 'fails').length, of: breaking.length };
}

/** What is taken apart: undefined where nothing is. */
export function takenWire(state: BreakRulesState, outcome: ShownOutcome | undefined): ShownWire | undefined {
  return state.taken === undefined ? undefined : outcome?.wire[state.taken];
}
