import type { RefObject } from 'preact';
import { type MutableRef, useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { type Draft, describeEarlier, earlierThan, readDraft, storeDraft } from './drafts.ts';
import { type CodeEditor, mountEditor } from './editor.ts';
import type { StageVerdict } from './judge/verdict.ts';
import type { JudgingNews, JudgingOrder } from './judging.ts';
import { type BenchAction, type BenchState, INITIAL_BENCH, reduceBench } from './model.ts';
import { solutionOf } from './solutions.ts';
import type { StageId } from './stage-id.ts';
import { stageOf } from './stages.ts';
import { placeSyntaxError } from './syntax-place.ts';

/** One stage as it lives in the page: the editor, the worker, what is kept. */
export interface Bench {
  readonly state: BenchState;
  readonly dispatch: (action: BenchAction) => void;
  /** Where the editor goes. */
  readonly host: RefObject<HTMLDivElement>;
  readonly editor: MutableRef<CodeEditor | undefined>;
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
  const judge = useRef<Worker>();

  const keep = (next: Draft): void => {
    draft.current = next;
    if (!storeDraft(id, next)) setSaid('Your browser stores no code: yours is lost when you leave.');
  };
  const lookAtEarlier = (): void => setEarlier(describeEarlier(earlierThan(id, readDraft, solutionOf)));

  const finish = (verdict: StageVerdict, code: string): void => {
    const placed = placeSyntaxError(verdict, id, code);
    dispatch({ type: 'finish', verdict: placed });
    const { error } = placed.failure ?? {};
    if (error?.line !== undefined && error.stage === id && editor.current?.read() === code)
      editor.current.mark(error.line);
    if (verdict.passed) keep({ ...draft.current, passed: code });
  };
  const end = (): void => {
    judge.current?.terminate();
    judge.current = undefined;
  };
  const lose = (why: string): void => {
    end();
    dispatch({ type: 'lose' });
    setSaid(why);
  };

  const run = (): void => {
    const code = editor.current?.read();
    if (code === undefined) return;
    end();
    lookAtEarlier();
    setSaid('');
    editor.current?.mark(undefined);
    dispatch({ type: 'start' });
    const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), { type: 'module' });
    judge.current = worker;
    worker.onmessage = ({ data: news }: MessageEvent<JudgingNews>) => {
      if (judge.current !== worker) return;
      if (news.type === 'progress') dispatch(news);
      else if (news.type === 'problem') lose(news.problem);
      else {
        end();
        finish(news.verdict, code);
      }
    };
    worker.onerror = () => {
      if (judge.current === worker)
        lose('The tests could not be loaded. Is the server of this page still there? Reload the page.');
    };
    send(worker, {
      type: 'judge',
      stage: id,
      sources: [...earlierThan(id, readDraft, solutionOf), { stage: id, code }],
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
      judge.current?.terminate();
      mounted.destroy();
    };
  }, [id]);

  const put = (code: string, what: string): void => {
    editor.current?.replace(code);
    setSaid(`${what} Undo brings your code back.`);
  };
  return {
    ...{ state, dispatch, host, editor, earlier, said, run },
    stop: () => judge.current && send(judge.current, { type: 'stop' }),
    reset: () => put(stage.starter, 'The code is reset.'),
    solve: () => put(solutionOf(id), 'This is one solution.'),
    undo: () => {
      editor.current?.undo();
      setSaid('');
    },
  };
}

const send = (worker: Worker, order: JudgingOrder): void => worker.postMessage(order);
