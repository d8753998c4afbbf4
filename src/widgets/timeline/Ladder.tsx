import { arrivalOf, livesAt, momentAt } from '../base/life/lives.ts';
import type { Moment } from '../base/life/moment.ts';
import type { TimelineAction, TimelineState } from './model.ts';

interface Props {
  readonly state: TimelineState;
  readonly dispatch: (action: TimelineAction) => void;
}

/** The moments from top to bottom, the client's life on the left of them and the server's on the right. */
export function Ladder({ state, dispatch }: Props) {
  const { moments, stop } = state;
  return (
    <ol class="ladder plain-list">
      {moments.map((moment, index) => {
        const lives = livesAt(moments, arrivalOf(index));
        const before = livesAt(moments, arrivalOf(index) - 2);
        return (
          <li key={`${index}-${moment.kind}`} data-from={moment.from} data-phase={phaseOf(index, stop)}>
            <span class="ladder-life" data-state={lives.client}>
              {lives.client !== before.client && (
                <>
                  <span class="visually-hidden">the client: </span>
                  {lives.client}
                </>
              )}
            </span>
            <button
              type="button"
              aria-current={momentAt(stop) === index ? 'step' : undefined}
              onClick={() => dispatch({ type: 'go', stop: arrivalOf(index) })}
            >
              <span class="ladder-title">
                <span class="visually-hidden">
                  {moment.from === 'client' ? 'client to server: ' : 'server to client: '}
                </span>
                {moment.title}
              </span>
              <span class="ladder-detail">{detailOf(moment)}</span>
              <span class="ladder-arrow" aria-hidden="true" />
            </button>
            <span class="ladder-life" data-state={lives.server}>
              {lives.server !== before.server && (
                <>
                  <span class="visually-hidden">the server: </span>
                  {lives.server}
                </>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function detailOf({ detail, timeMs }: Moment): string {
  return timeMs > 0 ? `${detail}, ${timeMs.toFixed(1)}\u00a0ms` : detail;
}

function phaseOf(index: number, stop: number): 'coming' | 'sent' | 'there' {
  if (stop >= arrivalOf(index)) return 'there';
  return stop === arrivalOf(index) - 1 ? 'sent' : 'coming';
}
