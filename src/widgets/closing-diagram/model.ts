import { READY_STATES, type ReadyState, type Transition } from '../../protocol/endpoint/ready-state.ts';
import type { CloseEventData, SourceEvent } from '../base/source/source.ts';
import { EDGES, type Edge, PLACES, type Place, TRANSITION_WORDS } from './layout.ts';
import { isScenarioName, type ScenarioName } from './scenarios.ts';
import { type ClosingStep, type Side, stepsOf } from './steps.ts';

/** What the figure remembers. */
export interface DiagramState {
  readonly scenario: ScenarioName;
  readonly steps: readonly ClosingStep[];
  /** The step that is shown. */
  readonly at: number;
  readonly told: CloseEventData | undefined;
  readonly shown: 'example' | 'run';
  readonly running: boolean;
  readonly problem: string | undefined;
  readonly frameOpen: boolean;
}

export type DiagramAction =
  | { readonly type: 'start'; readonly scenario: ScenarioName }
  /** All that is known so far. */
  | { readonly type: 'happened'; readonly events: readonly SourceEvent[] }
  | { readonly type: 'done'; readonly at: number | undefined }
  | { readonly type: 'problem'; readonly problem: string }
  | { readonly type: 'go'; readonly to: number }
  | { readonly type: 'toggleFrame' };

export function initialDiagram(scenario: ScenarioName, example: readonly SourceEvent[]): DiagramState {
  const steps = stepsOf(example);
  return {
    scenario,
    steps,
    at: steps.length - 1,
    told: toldIn(example),
    shown: 'example',
    running: false,
    problem: undefined,
    frameOpen: false,
  };
}

export function reduceDiagram(state: DiagramState, action: DiagramAction): DiagramState {
  switch (action.type) {
    case 'start': {
      const empty = { steps: [], at: 0, told: undefined, problem: undefined, frameOpen: false };
      return { ...state, ...empty, scenario: action.scenario, shown: 'run', running: true };
    }
    case 'happened': {
      const steps = stepsOf(action.events);
      return { ...state, steps, at: steps.length - 1, told: toldIn(action.events) };
    }
    case 'done':
      return { ...state, running: false, at: within(state, action.at ?? firstOfClosing(state.steps)) };
    case 'problem':
      return { ...state, running: false, problem: action.problem };
    case 'go':
      return { ...state, at: within(state, action.to) };
    case 'toggleFrame':
      return { ...state, frameOpen: !state.frameOpen };
  }
}

/** The reader begins where both are open: what came before is another chapter's. */
function firstOfClosing(steps: readonly ClosingStep[]): number {
  return steps.findIndex(({ states }) => states.client === 'open' && states.server === 'open');
}

function within({ steps }: DiagramState, at: number): number {
  return Math.max(0, Math.min(steps.length - 1, at));
}

function toldIn(events: readonly SourceEvent[]): CloseEventData | undefined {
  return events.flatMap((event) => (event.type === 'told' ? (event.close ?? []) : []))[0];
}

/** A state as it is drawn. */
export interface DrawnState extends Place {
  readonly name: ReadyState;
  readonly meaning: string;
  readonly now: boolean;
  readonly past: boolean;
}

/** A transition as it is drawn. */
export interface DrawnEdge extends Edge {
  readonly from: ReadyState;
  readonly to: ReadyState;
  readonly transition: Transition;
  readonly words: string;
  readonly now: boolean;
  readonly past: boolean;
}

/** The whole table of ready states as a drawing, with the way that one end has gone so far. */
export function drawDiagram(
  steps: readonly ClosingStep[],
  at: number,
  side: Side,
): { readonly states: readonly DrawnState[]; readonly edges: readonly DrawnEdge[]; readonly now: ReadyState } {
  const gone = steps.slice(0, at + 1);
  const now = gone.at(-1)?.states[side] ?? 'connecting';
  const been = new Set<ReadyState>(['connecting', ...gone.map(({ states }) => states[side])]);
  const taken = gone.map(({ moves }) => keyOf(moves[side]?.from, moves[side]?.transition));
  const names = Object.keys(READY_STATES) as ReadyState[];
  return {
    now,
    states: names.map((name) => ({
      name,
      meaning: READY_STATES[name].meaning,
      ...PLACES[name],
      now: name === now,
      past: been.has(name) && name !== now,
    })),
    edges: names.flatMap((from) =>
      (Object.entries(READY_STATES[from].next) as [Transition, ReadyState][]).map(([transition, to]) => {
        const key = keyOf(from, transition);
        const edges: Partial<Record<Transition, Edge>> = EDGES[from];
        const drawn = edges[transition];
        if (drawn === undefined) throw new Error(`layout.ts draws no edge for ${transition} of ${from}`);
        const words = TRANSITION_WORDS[transition];
        return { ...drawn, from, to, transition, words, now: taken.at(-1) === key, past: taken.includes(key) };
      }),
    ),
  };
}

function keyOf(from: ReadyState | undefined, transition: Transition | undefined): string {
  return `${from} ${transition}`;
}

/** Reads `closing=server-first&step=4`; undefined where the address names no scenario. */
export function linkedRun(
  parameters: URLSearchParams,
): { readonly scenario: ScenarioName; readonly at: number | undefined } | undefined {
  const scenario = parameters.get('closing') ?? '';
  if (!isScenarioName(scenario)) return undefined;
  const step = Number(parameters.get('step') ?? Number.NaN);
  return { scenario, at: Number.isInteger(step) ? step - 1 : undefined };
}

/** @param at undefined: at no step */
export function parametersOfRun(scenario: ScenarioName, at: number | undefined): Readonly<Record<string, string>> {
  return { closing: scenario, step: at === undefined ? '' : String(at + 1) };
}
