import './experiments.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CopyButton } from '../base/CopyButton.tsx';
import { findCompanion } from '../base/link/find-companion.ts';
import { loadRecipe } from './load-recipe.ts';
import { addressOf } from './token.ts';

interface Props {
  readonly id: string;
  readonly title: string;
  /** For the console. */
  readonly code: string;
}

/** A recipe takes at most a few seconds. */
const MAX_RUN_MS = 20_000;

/** The button of a recipe, and what its code wrote. */
export default function Experiment({ id, title, code }: Props) {
  const [lines, setLines] = useState<readonly string[]>([]);
  const [state, setState] = useState<'ready' | 'running' | 'done'>('ready');
  const isGone = useRef(false);
  useEffect(
    () => () => {
      isGone.current = true;
    },
    [],
  );
  const run = async (): Promise<void> => {
    setState('running');
    setLines([]);
    const log = (line: string): void => {
      if (!isGone.current) setLines((before) => [...before, line]);
    };
    const { found, why } = await findCompanion();
    if (found) await play(id, log);
    else log(`${why} Start our server with npm start, and open this page there.`);
    if (!isGone.current) setState('done');
  };
  const label = state === 'running' ? 'Running…' : 'Run it here';
  return (
    <div class="experiment-run needs-js" data-state={state}>
      <p class="experiment-buttons">
        <button
          type="button"
          disabled={state === 'running'}
          aria-label={`${label}: ${title}`}
          onClick={() => void run()}
        >
          {label}
        </button>
        <CopyButton label="Copy code" text={code} />
      </p>
      <ol class="experiment-lines" aria-live="polite" aria-label="What your browser did">
        {lines.map((line, index) => (
          <li key={`${index} ${line}`}>{line}</li>
        ))}
      </ol>
    </div>
  );
}

async function play(id: string, log: (line: string) => void): Promise<void> {
  const next = (socket: EventTarget, event: string): Promise<Event> =>
    new Promise((done) => socket.addEventListener(event, done, { once: true }));
  try {
    const recipe = await loadRecipe(id);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error('it took too long')), MAX_RUN_MS);
    });
    await Promise.race([recipe({ address: addressOf, log, next }), patience]);
    clearTimeout(timer);
  } catch (error) {
    log(`This experiment stopped: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
