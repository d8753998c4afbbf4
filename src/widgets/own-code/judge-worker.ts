import type { JudgingNews, JudgingOrder } from './judging.ts';
import { loadCases } from './load-cases.ts';
import { runStage } from './run-stage.ts';
import { WorkerCode, type WorkerLike } from './worker-code.ts';

// The judge has a worker of its own: the page stays free while hundreds of cases run, and loads none of the judge's code.
// The code that is judged runs in another one, which can be ended at any time.
const say = (news: JudgingNews): void => self.postMessage(news);

/** Not for every case: each drawing takes longer than a case does. */
const CASES_PER_PROGRESS = 20;

let running: WorkerCode | undefined;

self.onmessage = ({ data: order }: MessageEvent<JudgingOrder>) => {
  running?.stop();
  if (order.type === 'stop') return;
  const worker = new Worker(new URL('./host/code-worker.ts', import.meta.url), { type: 'module' });
  const code = new WorkerCode(worker as WorkerLike);
  running = code;
  const onProgress = (done: number, total: number): void => {
    if (done % CASES_PER_PROGRESS === 0) say({ type: 'progress', done, total });
  };
  runStage(order.stage, order.sources, code, { loadCases, onProgress })
    .then(
      (verdict) => say({ type: 'verdict', verdict }),
      (cause: unknown) => say({ type: 'problem', problem: cause instanceof Error ? cause.message : String(cause) }),
    )
    .finally(() => code.stop());
};
