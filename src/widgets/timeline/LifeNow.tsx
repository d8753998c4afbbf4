import type { Side } from '../../lab/loopback.ts';
import { arrivalOf, describeLife, livesAt, momentAt } from '../base/life/lives.ts';
import type { TimelineState } from './model.ts';

const NAMES: Readonly<Record<Side, string>> = { client: 'The client', server: 'The server' };

/** The state of both ends at this stop, and what JavaScript did or was told. */
export function LifeNow({ state, problem }: { readonly state: TimelineState; readonly problem: string }) {
  const { moments, stop } = state;
  const index = momentAt(stop);
  const moment = moments[index];
  const lives = livesAt(moments, stop);
  const arrived = stop >= arrivalOf(index);
  const told = arrived ? moment?.told : undefined;
  return (
    <div class="life-now">
      {(['client', 'server'] as const).map((side) => {
        const { state: name, meaning, script } = describeLife(side, lives[side]);
        return (
          <p key={side} class="life" data-side={side}>
            <span class="life-name">
              {NAMES[side]}
              <span class="visually-hidden">: </span>
            </span>
            <b class="life-state" data-state={lives[side]}>
              {name}
            </b>
            <span class="visually-hidden">. </span>
            <span class="life-meaning">{meaning}</span>
            {script !== undefined && (
              <span class="life-script">
                JavaScript reads <code>ws.readyState</code>: {script}
              </span>
            )}
          </p>
        );
      })}
      <p class="life-moment" role="status">
        {problem && `${problem} `}
        {sentenceOf(moment, arrived)}
        {moment?.said?.quiet === false && (
          <>
            {' '}
            JavaScript called <code>{moment.said.text}</code>.
          </>
        )}
        {told?.quiet === false && (
          <>
            {' '}
            JavaScript received <code>{told.text}</code>.
          </>
        )}
      </p>
    </div>
  );
}

function sentenceOf(moment: TimelineState['moments'][number] | undefined, arrived: boolean): string {
  if (moment === undefined) return 'Before the start.';
  const { from, title } = moment;
  const to = from === 'client' ? 'server' : 'client';
  return arrived ? `Received by the ${to}: ${title}.` : `On the way from the ${from} to the ${to}: ${title}.`;
}
