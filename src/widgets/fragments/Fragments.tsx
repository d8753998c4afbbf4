import './fragments.css';
import { useReducer, useRef } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { drawMaskingKey } from '../base/draw-masking-key.ts';
import { LinkNote } from '../base/link/LinkNote.tsx';
import type { Link } from '../base/link/link.ts';
import { useCompanion } from '../base/link/use-companion.ts';
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
import { sendPlan } from './send-plan.ts';
import { simulatePlan } from './simulate-plan.ts';
import { Timeline } from './Timeline.tsx';
import type { TimelineRow } from './timeline.ts';

interface Props {
  /** The worked example, computed when the site is built. */
  readonly example: readonly TimelineRow[];
}

const HOW =
  'A page cannot send fragments, so the companion sends them for you. A broadcast server for this page alone sends them back.';

/** One message in as many frames as you like: what is on the wire, what the server holds, what a script is told. */
export default function Fragments({ example }: Props) {
  const [state, dispatch] = useReducer(reduceFragments, example, initialFragments);
  const companion = useCompanion();
  const turn = useRef(0);

  const send = async (plan: Plan): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    dispatch({ type: 'send' });
    const result = await sendPlan(plan);
    if ('problem' in result) companion.lose(result.problem);
    if (mine !== turn.current) return;
    if ('rows' in result) dispatch({ type: 'rows', rows: result.rows, shown: 'live' });
    else dispatch({ type: 'problem', problem: result.problem, rows: simulatePlan(plan, drawMaskingKey) });
  };
  const open = (plan: Plan): void => {
    turn.current += 1;
    dispatch({ type: 'plan', plan });
    dispatch({ type: 'rows', rows: simulatePlan(plan, drawMaskingKey), shown: 'simulated' });
  };
  const { write, problem } = useHashParameters((parameters) => {
    const linked = planOfParameters(parameters);
    if (linked !== undefined) open(linked);
    return linked && sayIgnored(parameters, parametersOfPlan(linked));
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
        <Badge state={state} link={companion.link} />
      </header>
      <div class="figure-body">
        <PlanForm plan={state.plan} change={change} />
        <CutStrip plan={state.plan} change={change} />
        <p class="fragments-send needs-js">
          <button
            type="button"
            disabled={companion.link.state !== 'live' || state.sending}
            onClick={() => void send(state.plan)}
          >
            {state.sending ? 'Sending …' : 'Send over a real connection'}
          </button>
        </p>
        {state.problem !== undefined && (
          <p class="verdict" data-tone="danger" role="alert">
            {state.problem} The rows below are simulated. Start the companion with <code>npm start</code>, then
            reconnect.
          </p>
        )}
        <Timeline
          key={String(state.sending)}
          rows={state.rows}
          opened={state.opened}
          open={(row) => dispatch({ type: 'open', row })}
          live={state.shown === 'live' && !state.sending}
        />
        <p class="verdict" data-tone={tone} role="status">
          {problem && `${problem} `}
          {sentence}
        </p>
      </div>
      <LinkNote
        link={companion.link}
        look={companion.look}
        simulate={companion.simulate}
        example={HOW}
        live={HOW}
        simulated="Without the companion, the server’s own receiver runs inside this page."
      />
    </section>
  );
}

/** The badge is of the rows: until they are sent, they are simulated with the companion too. */
function Badge({ state, link }: { readonly state: FragmentsState; readonly link: Link }) {
  const host = typeof location === 'undefined' ? '' : location.host;
  const badge = {
    example: ['example', 'a worked example'],
    simulated: ['simulated', 'simulated in this page'],
    live: ['live', `live: your browser and ${host}`],
  }[state.shown];
  const [name, text] = link.state === 'lost' ? ['lost', 'the companion does not answer'] : badge;
  return (
    <p class="badge" data-state={name} role="status">
      <span key={text}>{text}</span>
    </p>
  );
}
