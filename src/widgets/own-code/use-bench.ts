import { type Ref, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { whyNotRun } from '../../scripts/why-not-run.ts';
import { type Draft, describeEarlier, earlierThan, readDraft, storeDraft } from './drafts.ts';
import { type CodeEditor, mountEditor } from './editor.ts';
import { loadCases } from './load-cases.ts';
import { type BenchAction, type BenchState, INITIAL_BENCH, reduceBench } from './model.ts';
import { runStage } from './run-stage.ts';
import { solutionOf } from './solutions.ts';
import type { StageId } from './stage-id.ts';
import { stageOf } from './stages.ts';
import { WorkerCode, type WorkerLike } from './worker-code.ts';

/** One stage as it lives in the page: the editor, the worker, what is kept. */
export interface Bench {
  readonly state: BenchState;
  readonly dispatch: (action: BenchAction) => void;
  /** Where the editor goes. */
  readonly host: Ref<HTMLDivElement>;
  readonly editor: Ref<CodeEditor | undefined>;
  /** Whose the functions of earlier stages are. */
  readonly earlier: string;
  /** Said about what was done with the code. */
  readonly said: string;
  readonly run: () => void;
  readonly stop: () => void;
  readonly reset: () => void;
  readonly solve: () => void;
  readonly undo: () => void;
}

export function useBench(id: StageId): Bench {
  const stage = stageOf(id);
  const [state, dispatch] = useReducer(reduceBench, INITIAL_BENCH);
  const [said, setSaid] = useState('');
  const [earlier, setEarlier] = useState('');
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor>();
  const draft = useRef<Draft>({ code: stage.starter, passed: undefined });
  const worker = useRef<WorkerCode>();

  const keep = (next: Draft): void => {
    draft.current = next;
    if (!storeDraft(id, next)) setSaid('Your browser keeps nothing: your code lasts as long as this page.');
  };
  const lookAtEarlier = (): void => setEarlier(describeEarlier(earlierThan(id, readDraft, solutionOf)));

  const run = (): void => {
    const code = editor.current?.read();
    if (code === undefined) return;
    worker.current?.stop();
    const running = createWorker();
    worker.current = running;
    lookAtEarlier();
    setSaid('');
    editor.current?.mark(undefined);
    dispatch({ type: 'start' });
    const onProgress = (done: number, total: number): void => {
      // Not for every case: each drawing takes longer than a case does.
      if (worker.current === running && done % 20 === 0) dispatch({ type: 'progress', done, total });
    };
    runStage(id, code, running, { loadCases, onProgress })
      .then((verdict) => {
        if (worker.current !== running) return;
        dispatch({ type: 'finish', verdict });
        const { error } = verdict.failure ?? {};
        if (error?.line !== undefined && error.stage === id && editor.current?.read() === code)
          editor.current.mark(error.line);
        if (verdict.passed) keep({ ...draft.current, passed: code });
      })
      .catch((cause: unknown) => {
        if (worker.current === running) dispatch({ type: 'lose' });
        setSaid(whyNotRun(cause));
      })
      .finally(() => {
        running.stop();
        if (worker.current === running) worker.current = undefined;
      });
  };

  const latestRun = useRef(run);
  latestRun.current = run;
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    draft.current = readDraft(id) ?? draft.current;
    lookAtEarlier();
    const mounted = mountEditor(parent, {
      code: draft.current.code,
      label: `Your code for ${id}`,
      onChange: (code) => {
        keep({ ...draft.current, code });
        dispatch({ type: 'edit' });
      },
      onRun: () => latestRun.current(),
    });
    editor.current = mounted;
    return () => {
      worker.current?.stop();
      mounted.destroy();
    };
  }, [id]);

  const put = (code: string, what: string): void => {
    editor.current?.replace(code);
    setSaid(`${what} Undo brings your code back.`);
  };
  return {
    ...{ state, dispatch, host, editor, earlier, said, run },
    stop: () => worker.current?.stop(),
    reset: () => put(stage.starter, 'This is the beginning again.'),
    solve: () => put(solutionOf(id), 'This is one solution.'),
    undo: () => {
      editor.current?.undo();
      setSaid('');
    },
  };
}

function createWorker(): WorkerCode {
  const worker = new Worker(new URL('./host/code-worker.ts', import.meta.url), { type: 'module' });
  return new WorkerCode(worker as WorkerLike);
}
