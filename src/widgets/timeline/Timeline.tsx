import './timeline.css';
import { lastStop, momentAt } from '../base/life/lives.ts';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import type { SourceEvent } from '../base/source/source.ts';
import { Ladder } from './Ladder.tsx';
import { LifeNow } from './LifeNow.tsx';
import { MomentBytes } from './MomentBytes.tsx';
import { isOver } from './model.ts';
import { MAX_CHARACTERS, useTimeline } from './use-timeline.ts';

interface Props {
  /** A whole connection, simulated when the site was built. */
  readonly example: readonly SourceEvent[];
}

const FIRST_TEXT = 'Hello';

/** One connection from start to end, with a slider to move through it. */
export default function Timeline({ example }: Props) {
  const { state, dispatch, keeper, problem, text, setText, live } = useTimeline(example, FIRST_TEXT);
  const { link, moments, stop, playing } = state;
  const last = lastStop(moments);
  const moment = moments[momentAt(stop)];
  const ready = keeper.source !== undefined && isOver(state);
  return (
    <section class="figure wide timeline" aria-labelledby="timeline-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="timeline-title">
          One connection, from start to end
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body">
        <form
          class="timeline-again needs-js"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) live();
          }}
        >
          <label for="timeline-text">Message</label>
          <input
            id="timeline-text"
            value={text}
            maxLength={MAX_CHARACTERS}
            autocomplete="off"
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" aria-disabled={!ready}>
            Run again
          </button>
        </form>
        <div class="timeline-scrub needs-js">
          <button type="button" onClick={() => dispatch({ type: 'togglePlay' })}>
            {playing ? 'Pause' : 'Play'}
          </button>
          <button
            type="button"
            aria-label="One step back"
            disabled={stop === 0}
            onClick={() => dispatch({ type: 'go', stop: stop - 1 })}
          >
            ←
          </button>
          <input
            type="range"
            aria-label="Step of the connection"
            aria-valuetext={moment === undefined ? 'before the start' : `${moment.title}, ${stop} of ${last}`}
            min={0}
            max={last}
            value={stop}
            onInput={(event) => dispatch({ type: 'go', stop: Number(event.currentTarget.value) })}
          />
          <button
            type="button"
            aria-label="One step forward"
            disabled={stop === last}
            onClick={() => dispatch({ type: 'go', stop: stop + 1 })}
          >
            →
          </button>
        </div>
        <div class="timeline-columns">
          <div>
            <p class="ladder-ends" aria-hidden="true">
              <span>client</span>
              <span>server</span>
            </p>
            <Ladder state={state} dispatch={dispatch} />
          </div>
          <div>
            <LifeNow state={state} problem={problem} />
            <h4 class="moment-title">{moment === undefined ? 'Before the start' : `Bytes of: ${moment.title}`}</h4>
            <MomentBytes moment={moment} />
          </div>
        </div>
      </div>
      <LinkNote link={link} look={() => void keeper.retry(link)} simulate={() => keeper.simulate()} />
    </section>
  );
}
