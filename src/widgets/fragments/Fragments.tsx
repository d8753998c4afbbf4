import './fragments.css';
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { findCompanion } from '../inspector/find-companion.ts';
import { useHashParameters } from '../use-hash-parameters.ts';
import { CutStrip } from './CutStrip.tsx';
import {
  type FragmentsState,
  initialFragments,
  parametersOfPlan,
  planOfParameters,
  reduceFragments,
  summarize,
} from './model.ts';
import { PlanForm } from './PlanForm.tsx';
import type { Plan } from './plan.ts';
import { Timeline } from './Timeline.tsx';
import type { TimelineRow } from './timeline.ts';

interface Props {
  /** The worked example, computed when the site is built. */
  readonly example: readonly TimelineRow[];
}

const runLive = async (plan: Plan) => (await import('./send-plan.ts')).sendPlan(plan);

const runHere = async (plan: Plan) => {
  const [{ simulatePlan }, { drawMaskingKey }] = await Promise.all([
    import('./simulate-plan.ts'),
    import('./send-plan.ts'),
  ]);
  return { rows: simulatePlan(plan, drawMaskingKey) };
};

type Companion = { readonly found: boolean; readonly why: string };

/** One message in as many frames as you like: what is on the wire, what the server holds, what a script is told. */
export default function Fragments({ example }: Props) {
  const [state, dispatch] = useReducer(reduceFragments, example, initialFragments);
  const [companion, setCompanion] = useState<Companion | undefined>(undefined);
  const turn = useRef(0);
  useEffect(() => void findCompanion().then(setCompanion), []);

  const run = async (plan: Plan, live: boolean): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    if (live) dispatch({ type: 'send' });
    try {
      const result = live ? await runLive(plan) : await runHere(plan);
      if (mine !== turn.current) return;
      if ('problem' in result) dispatch({ type: 'problem', problem: result.problem });
      else dispatch({ type: 'rows', rows: result.rows, shown: live ? 'live' : 'simulated' });
    } catch {
      dispatch({ type: 'problem', problem: 'The code for this could not be loaded: the server that has it is gone.' });
    }
  };
  const open = (plan: Plan): void => {
    dispatch({ type: 'plan', plan });
    void run(plan, false);
  };
  const write = useHashParameters((parameters) => {
    const linked = planOfParameters(parameters);
    if (linked !== undefined) open(linked);
  });
  const change = (plan: Plan): void => {
    open(plan);
    write(parametersOfPlan(plan));
  };
  const { sentence, tone } = summarize(state.rows);
  return (
    <section class="figure wide fragments" aria-labelledby="fragments-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="fragments-title">
          One message, many frames
        </h3>
        <Badge state={state} />
      </header>
      <div class="figure-body">
        <PlanForm plan={state.plan} change={change} />
        <CutStrip plan={state.plan} change={change} />
        <p class="fragments-send needs-js">
          <button
            type="button"
            disabled={companion?.found !== true || state.sending}
            onClick={() => void run(state.plan, true)}
          >
            {state.sending ? 'Sending …' : 'Send it over a real connection'}
          </button>
        </p>
        {state.problem !== undefined && (
          <p class="verdict" data-tone="danger" role="alert">
            {state.problem} Start the companion with <code>npm start</code>, and send again. What stands below is
            simulated.
          </p>
        )}
        <Timeline rows={state.rows} opened={state.opened} open={(row) => dispatch({ type: 'open', row })} />
        <p class="verdict" data-tone={tone} role="status">
          {sentence}
        </p>
      </div>
      <Note companion={companion} />
    </section>
  );
}

function Badge({ state }: { readonly state: FragmentsState }) {
  const host = typeof location === 'undefined' ? '' : location.host;
  const badge = {
    example: ['example', 'a worked example'],
    simulated: ['simulated', 'simulated in this page'],
    live: ['live', `live: your browser and ${host}`],
  }[state.shown];
  const [name, text] = state.problem === undefined ? badge : ['lost', 'the companion does not answer'];
  return (
    <p class="badge" data-state={name} role="status">
      {text}
    </p>
  );
}

function Note({ companion }: { readonly companion: Companion | undefined }) {
  const how =
    companion?.found === false
      ? ` ${companion.why} Start it with npm start, open http://localhost:8080, and send over a real connection.`
      : '';
  return (
    <footer class="figure-note">
      JavaScript cannot send fragments. So a program sends them: the companion, over a connection to a small broadcast
      for this page alone. Your page listens to it.{how}
    </footer>
  );
}
