import type { Source } from './host/order.ts';
import type { StageVerdict } from './judge/verdict.ts';
import type { StageId } from './stage-id.ts';

/** What the page asks of the worker that judges. */
export type JudgingOrder =
  /** The code of the stage is the last source. */
  | { readonly type: 'judge'; readonly stage: StageId; readonly sources: readonly Source[] }
  /** Ends the run: its verdict says so. */
  | { readonly type: 'stop' };

/** What that worker says. */
export type JudgingNews =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'verdict'; readonly verdict: StageVerdict }
  /** Something that the run needs could not be loaded. */
  | { readonly type: 'problem'; readonly problem: string };
