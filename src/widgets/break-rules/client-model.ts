import type { ShownWire } from './present.ts';

/** A rule that a client can break, and bytes that break it. */
export interface ClientRow {
  readonly name: string;
  readonly section: string;
  readonly statusCode: number;
  readonly requirement: string;
  readonly hex: string;
}

/** What came of bytes that were sent after a right opening handshake. */
export interface ClientOutcome {
  readonly wire: readonly ShownWire[];
  /** How it ended. */
  readonly end: string;
}

export interface ClientRulesData {
  readonly rows: readonly ClientRow[];
  /** Computed when the site is built, by the code that the companion runs. */
  readonly worked: Readonly<Record<string, ClientOutcome>>;
}

/** What the reader typed has a row of its own, under this name. */
export const TYPED = 'typed';

export interface ClientRulesState {
  readonly outcomes: Readonly<Record<string, ClientOutcome>>;
  readonly opened: string | undefined;
  readonly taken: number | undefined;
  /** What is on its way, in hex. */
  readonly sending: { readonly name: string; readonly hex: string } | undefined;
  readonly problem: string;
}

export type ClientRulesAction =
  | { readonly type: 'toggle'; readonly name: string }
  | { readonly type: 'open'; readonly name: string }
  | { readonly type: 'take'; readonly place: number }
  | { readonly type: 'send'; readonly name: string; readonly hex: string }
  /** `problem`: why it is simulated though it was to be live; empty where it is not so. */
  | { readonly type: 'answered'; readonly outcome: ClientOutcome; readonly problem: string }
  | { readonly type: 'failed'; readonly problem: string };

export function initialClientRules({ rows }: ClientRulesData): ClientRulesState {
  return {
    outcomes: {},
    opened: rows.find(({ name }) => name === 'unmasked-client-frame')?.name,
    taken: undefined,
    sending: undefined,
    problem: '',
  };
}

export function reduceClientRules(state: ClientRulesState, action: ClientRulesAction): ClientRulesState {
  switch (action.type) {
    case 'toggle':
      return { ...state, opened: state.opened === action.name ? undefined : action.name, taken: undefined };
    case 'open':
      return state.opened === action.name ? state : { ...state, opened: action.name, taken: undefined };
    case 'take':
      return { ...state, taken: state.taken === action.place ? undefined : action.place };
    case 'send': {
      const { name, hex } = action;
      if (state.sending !== undefined) return state;
      return { ...state, sending: { name, hex }, opened: name, taken: undefined, problem: '' };
    }
    case 'answered': {
      if (state.sending === undefined) return state;
      const outcomes = { ...state.outcomes, [state.sending.name]: action.outcome };
      return { ...state, outcomes, sending: undefined, problem: action.problem };
    }
    case 'failed':
      return { ...state, sending: undefined, problem: action.problem };
  }
}

/** What the open row shows, and whether it was sent or worked out beforehand. */
export function outcomeShown(
  state: ClientRulesState,
  worked: ClientRulesData['worked'],
  name: string,
): { readonly outcome: ClientOutcome; readonly sent: boolean } | undefined {
  const outcome = state.outcomes[name] ?? worked[name];
  return outcome && { outcome, sent: state.outcomes[name] !== undefined };
}

/** The companion's answer in a few words: its last frame, or that there is none. */
export function answerOf({ wire, end }: ClientOutcome): string {
  return wire.findLast(({ kind, from }) => kind === 'frame' && from === 'server')?.label ?? end;
}
