import type { ClosingStep } from './steps.ts';

interface Props {
  readonly steps: readonly ClosingStep[];
  readonly at: number;
  readonly go: (to: number) => void;
}

/** What happened, in order: each step can be picked, and says where both ends stand after it. */
export function StepList({ steps, at, go }: Props) {
  return (
    <ol class="closing-steps">
      {steps.map(({ sentence, timeMs, states }, i) => (
        <li key={String(i)}>
          <button type="button" class="closing-step" aria-current={i === at ? 'step' : undefined} onClick={() => go(i)}>
            <span>{sentence}</span>
            <span class="closing-after">
              {timeMs !== undefined && `${timeMs.toFixed(1)} ms · `}browser {states.client}, server {states.server}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
