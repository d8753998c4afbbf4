import { maySend, STATUS_CODES, type StatusCodeSender } from '../../protocol/closing/status-codes.ts';
import { OPCODE } from '../../protocol/framing/opcode.ts';
import { type FrameWords, wordsOf } from '../base/lab-source/frames.ts';
import type { LabScript } from '../base/lab-source/script.ts';
import type { SourceEvent } from '../base/source/source.ts';

/** One row: a status code, or a range of which one is tried. */
export interface CodeRow {
  readonly label: string;
  readonly name: string;
  readonly sentBy: string;
  readonly fromScript: boolean;
  readonly legal: boolean;
  /** The code that the buttons use. */
  readonly code: number;
}

const SENT_BY: Readonly<Record<StatusCodeSender, string>> = {
  either: 'client or server',
  client: 'the client',
  server: 'the server',
  nobody: 'nobody',
};

/** Every value of the two bytes. Of a range the code next to its neighbor is tried: mistakes are made at the edges. */
export const CODE_ROWS: readonly CodeRow[] = STATUS_CODES.map(({ from, to, name, sender, fromScript }): CodeRow => {
  const code = from === 0 ? to : from;
  const label = from === to ? String(from) : `${from}–${to}`;
  return { label, name, sentBy: SENT_BY[sender], fromScript, legal: maySend(code), code };
});

/** Who closes with that code. */
export type Closer = 'page' | 'server';

export interface Trial {
  readonly code: number;
  readonly by: Closer;
}

export const CLOSERS: readonly Closer[] = ['page', 'server'];

/** All that can be tried, in the order of the table. */
export const ALL_TRIALS: readonly Trial[] = CODE_ROWS.flatMap(({ code }) => CLOSERS.map((by) => ({ code, by })));

export function scriptOf({ code, by }: Trial): LabScript {
  return by === 'page' ? { close: { code } } : { order: `close-${code}` };
}

/** The three columns: what was done, what was on the wire, what the page was told. */
export interface TrialResult {
  readonly trial: Trial;
  readonly done: string;
  readonly wire: readonly FrameWords[];
  readonly told: string;
  readonly how: 'example' | 'simulated' | 'live';
}

export function resultOf(trial: Trial, events: readonly SourceEvent[], how: TrialResult['how']): TrialResult {
  const refused = events.find((event) => event.type === 'threw');
  const call = events.find((event) => event.type === 'said' && event.topic === 'close');
  const close = events.findLast((event) => event.type === 'told' && event.topic === 'close');
  const wire = events.flatMap((event) =>
    event.type === 'wire' && event.message.type === 'frame' ? [wordsOf(event.message)] : [],
  );
  const byPage = refused?.type === 'threw' ? refused.call : call?.type === 'said' ? call.call : '';
  return {
    trial,
    done: trial.by === 'page' ? byPage : `the server sends close ${trial.code}`,
    wire: wire.filter(({ opcode, fromClient }) => opcode !== OPCODE.text || !fromClient),
    told: refused?.type === 'threw' ? refused.exception : close?.type === 'told' ? close.event : 'nothing',
    how,
  };
}

/** What the figure remembers: a result for each trial made so far. */
export interface CodesState {
  readonly results: ReadonlyMap<string, TrialResult>;
  /** The trials that are yet to be made, the one under way first. */
  readonly queue: readonly Trial[];
  readonly problem: string | undefined;
  /** The frame that is open: a trial's key, and its place on the wire. */
  readonly opened: string | undefined;
}

export type CodesAction =
  | { readonly type: 'queue'; readonly trials: readonly Trial[] }
  | { readonly type: 'result'; readonly result: TrialResult }
  | { readonly type: 'problem'; readonly problem: string }
  | { readonly type: 'stop' }
  | { readonly type: 'open'; readonly frame: string }
  | { readonly type: 'clear' };

export function keyOf({ code, by }: Trial): string {
  return `${code}-${by}`;
}

export function initialCodes(example: readonly TrialResult[]): CodesState {
  const results = new Map(example.map((result) => [keyOf(result.trial), result]));
  return { results, queue: [], problem: undefined, opened: undefined };
}

export function reduceCodes(state: CodesState, action: CodesAction): CodesState {
  switch (action.type) {
    case 'queue':
      return { ...state, queue: [...state.queue, ...action.trials], problem: undefined };
    case 'result': {
      const key = keyOf(action.result.trial);
      const results = new Map(state.results).set(key, action.result);
      return { ...state, results, queue: state.queue.slice(1) };
    }
    case 'problem':
      return { ...state, queue: [], problem: action.problem };
    case 'stop':
      return { ...state, queue: [] };
    case 'open':
      return { ...state, opened: state.opened === action.frame ? undefined : action.frame };
    case 'clear':
      return { ...state, results: new Map(), opened: undefined };
  }
}

/** Reads `code=1012-server`, or `code=1012-server-0` with the frame that is open; undefined where the address names no trial. */
export function linkedTrial(parameters: URLSearchParams): Trial | undefined {
  const key = /^(.*?)(?:-\d)?$/.exec(parameters.get('code') ?? '')?.[1];
  return ALL_TRIALS.find((trial) => keyOf(trial) === key);
}

/** What was found, in one sentence: how often the page was told the code that was on the wire. */
export function summarizeCodes({ results }: CodesState): string {
  const all = [...results.values()];
  const refused = all.filter(({ told }) => told.startsWith('threw')).length;
  const abnormal = all.filter(({ told }) => told.startsWith('onclose: 1006')).length;
  const rest = all.length - refused - abnormal;
  return `${all.length} of ${ALL_TRIALS.length} tried: ${rest} ended with the code as sent, ${abnormal} with 1006, and close() refused ${refused}.`;
}
