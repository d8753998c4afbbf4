import './closing-diagram.css';
import { FrameButton } from '../base/lab-source/FrameButton.tsx';
import { LabNote } from '../base/lab-source/LabNote.tsx';
import { OpenedFrame } from '../base/lab-source/OpenedFrame.tsx';
import { LinkBadge } from '../base/link/LinkNote.tsx';
import type { SourceEvent } from '../base/source/source.ts';
import { Diagram } from './Diagram.tsx';
import { StepList } from './StepList.tsx';
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from './scenarios.ts';
import { type DiagramFigure, useDiagram } from './use-diagram.ts';

interface Props {
  readonly scenario: ScenarioName;
  /** The worked example, computed when the site is built. */
  readonly example: readonly SourceEvent[];
}

/** The closing handshake, from both sides, driven by a connection step by step. */
export default function ClosingDiagram({ scenario, example }: Props) {
  const figure = useDiagram(scenario, example);
  const { state, companion, go } = figure;
  const { steps, at } = state;
  return (
    <section class="figure wide closing-diagram" aria-labelledby="closing-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="closing-title">
          How a connection ends, from both sides
        </h3>
        <LinkBadge link={companion.link} />
      </header>
      <div class="figure-body">
        <Choices figure={figure} />
        <p>{SCENARIOS[state.scenario].about}</p>
        {state.problem !== undefined && (
          <p class="verdict" data-tone="danger" role="alert">
            {state.problem}
          </p>
        )}
        <div class="closing-halves">
          <Diagram steps={steps} at={at} side="client" />
          <Diagram steps={steps} at={at} side="server" />
        </div>
        <Stepper figure={figure} />
        <Now figure={figure} />
        <StepList steps={steps} at={at} go={go} />
      </div>
      <LabNote
        companion={companion}
        example="A worked example: the page closes with code 1000. With JavaScript on, you choose an ending and go through it step by step."
      />
    </section>
  );
}

function Choices({ figure }: { readonly figure: DiagramFigure }) {
  const { state, ready, play, stop } = figure;
  return (
    <div class="closing-choices needs-js" role="group" aria-label="How the connection ends">
      {SCENARIO_NAMES.map((name) => (
        <button
          type="button"
          key={name}
          aria-pressed={state.scenario === name}
          disabled={!ready || state.running}
          onClick={() => play(name)}
        >
          {SCENARIOS[name].title}
        </button>
      ))}
      {state.running && (
        <button type="button" onClick={stop}>
          Stop waiting
        </button>
      )}
    </div>
  );
}

function Stepper({ figure }: { readonly figure: DiagramFigure }) {
  const { state, go } = figure;
  const { steps, at } = state;
  return (
    <div class="closing-stepper needs-js">
      <button type="button" disabled={at <= 0} onClick={() => go(at - 1)}>
        Back
      </button>
      <input
        type="range"
        aria-label="Step"
        aria-valuetext={steps[at]?.sentence ?? ''}
        min={1}
        max={Math.max(1, steps.length)}
        value={at + 1}
        onInput={({ currentTarget }) => go(Number(currentTarget.value) - 1)}
      />
      <button type="button" disabled={at >= steps.length - 1} onClick={() => go(at + 1)}>
        Next
      </button>
      <output>
        {steps.length === 0 ? 0 : at + 1} of {steps.length}
      </output>
    </div>
  );
}

function Now({ figure }: { readonly figure: DiagramFigure }) {
  const { state, problem, toggleFrame } = figure;
  const step = state.steps[state.at];
  const waits = state.running ? ' Waiting for the next step …' : '';
  return (
    <div class="closing-now">
      <p class="verdict" role="status">
        {problem && `${problem} `}
        {step?.sentence ?? 'Connecting …'}
        {waits}
      </p>
      {step?.frame !== undefined && (
        <FrameButton frame={step.frame} pressed={state.frameOpen} open={toggleFrame} timeMs={step.timeMs} />
      )}
      {step?.frame !== undefined && state.frameOpen && <OpenedFrame hex={step.frame.hex} />}
    </div>
  );
}
