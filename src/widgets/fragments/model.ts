import { formatHexByte } from '../../bytes/hex.ts';
import { utf8Steps } from '../../inspector/frame/utf8-steps.ts';
import { bytesOf, changePlan, EXAMPLE_PLAN, type Plan, WRONGS, type WrongName } from './plan.ts';
import type { TimelineRow } from './timeline.ts';

/** What the figure remembers. */
export interface FragmentsState {
  readonly plan: Plan;
  readonly rows: readonly TimelineRow[];
  /** Where the rows come from. */
  readonly shown: 'example' | 'simulated' | 'live';
  readonly sending: boolean;
  /** Why the last run came to nothing. */
  readonly problem: string | undefined;
  /** The row whose frame is open. */
  readonly opened: number | undefined;
}

export type FragmentsAction =
  | { readonly type: 'plan'; readonly plan: Plan }
  | { readonly type: 'send' }
  | { readonly type: 'rows'; readonly rows: readonly TimelineRow[]; readonly shown: 'simulated' | 'live' }
  /** A live run came to nothing: the rows are simulated. */
  | { readonly type: 'problem'; readonly problem: string; readonly rows: readonly TimelineRow[] }
  | { readonly type: 'open'; readonly row: number };

export function initialFragments(rows: readonly TimelineRow[]): FragmentsState {
  return { plan: EXAMPLE_PLAN, rows, shown: 'example', sending: false, problem: undefined, opened: undefined };
}

export function reduceFragments(state: FragmentsState, action: FragmentsAction): FragmentsState {
  switch (action.type) {
    case 'plan':
      return { ...state, plan: action.plan, problem: undefined, opened: undefined };
    case 'send':
      return { ...state, sending: true, problem: undefined };
    case 'rows':
      return { ...withRows(state, action.rows), shown: action.shown, problem: undefined };
    case 'problem':
      return { ...withRows(state, action.rows), shown: 'simulated', problem: action.problem };
    case 'open':
      return { ...state, opened: state.opened === action.row ? undefined : action.row };
  }
}

function withRows(state: FragmentsState, rows: readonly TimelineRow[]): FragmentsState {
  const opened = state.opened !== undefined && state.opened < rows.length ? state.opened : undefined;
  return { ...state, rows, sending: false, opened };
}

/** A byte of the message, and whether the message is cut before it. */
export interface StripByte {
  readonly index: number;
  readonly hex: string;
  /** The character that begins here; an ellipsis where one goes on. */
  readonly character: string;
  /** A cut here would go through a character. */
  readonly insideCharacter: boolean;
  readonly cutBefore: boolean;
}

/** The message's bytes in a row. */
export function stripOf(plan: Plan): StripByte[] {
  const bytes = bytesOf(plan);
  const steps = utf8Steps(bytes);
  return steps.map(({ index, byte, place, missing }) => ({
    index,
    hex: formatHexByte(byte),
    character: place === 1 ? (steps[index + missing]?.character ?? '') : '…',
    insideCharacter: place > 1,
    cutBefore: plan.cuts.includes(index),
  }));
}

/** What the time line comes to, in one sentence. */
export function summarize(rows: readonly TimelineRow[]): {
  readonly sentence: string;
  readonly tone: 'ok' | 'danger' | 'info';
} {
  const data = rows.filter(({ fromClient, opcode }) => fromClient && opcode < 8).length;
  const failed = rows.find(({ tone }) => tone === 'danger');
  const frames = `${data} data frame${data === 1 ? '' : 's'}`;
  if (failed !== undefined) return { sentence: `${frames}, no message: ${failed.message}`, tone: 'danger' };
  const told = rows.filter((row) => row.told !== undefined).length;
  if (told === 0) return { sentence: `${frames}, no message: FIN was never 1.`, tone: 'info' };
  return {
    sentence: `${frames}, ${told === 1 ? 'one message, one event' : `${told} messages, ${told} events`}.`,
    tone: 'ok',
  };
}

/** Reads `frag=Hello&frag-cuts=2.3&frag-ping=1&frag-wrong=no-end`; undefined where the address names no message. */
export function planOfParameters(parameters: URLSearchParams): Plan | undefined {
  const text = parameters.get('frag');
  if (text === null) return undefined;
  const wrong = parameters.get('frag-wrong') ?? '';
  return changePlan(EXAMPLE_PLAN, {
    text,
    cuts: (parameters.get('frag-cuts') ?? '').split('.').map(Number),
    pingAfter: Number(parameters.get('frag-ping') ?? 0),
    wrong: Object.hasOwn(WRONGS, wrong) ? (wrong as WrongName) : 'nothing',
  });
}

/** What the address says of a plan. */
export function parametersOfPlan({ text, cuts, pingAfter, wrong }: Plan): Readonly<Record<string, string>> {
  return { frag: text, 'frag-cuts': cuts.join('.'), 'frag-ping': String(pingAfter), 'frag-wrong': wrong };
}
