import './slow-member.css';
import { useId } from 'preact/hooks';
import { countBytes } from '../../text/count.ts';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { isSlowClosed, MESSAGE_BYTES, type MemberRow, SLOW, summarizeSlow } from './model.ts';
import { useSlowMember } from './use-slow-member.ts';

const HOW =
  'A and B are WebSockets of your page. C is opened by the companion, because a WebSocket of a browser cannot stop reading. The limit in this room is lower than elsewhere.';

/** One member of a room stops reading: its bytes wait in the server, until the server closes it. The others notice nothing. */
export default function SlowMember() {
  const { state, companion, setReading, send, sendOn, again } = useSlowMember();
  const id = useId();
  const { link, look, simulate } = companion;
  const ready = state.complete && (link.state === 'live' || link.state === 'simulated');
  const closed = isSlowClosed(state);
  return (
    <section class="figure wide slow-member" aria-labelledby={`${id}-title`} data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id={`${id}-title`}>
          One member stops reading
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body">
        <p class="slow-buttons needs-js">
          <button
            type="button"
            aria-pressed={state.stopped}
            disabled={!ready || closed}
            onClick={() => setReading(state.stopped)}
          >
            {SLOW} stops reading
          </button>
          <button type="button" disabled={!ready || state.sending || closed} onClick={send}>
            Send {countBytes(MESSAGE_BYTES)}
          </button>
          <button type="button" disabled={!ready || closed} onClick={sendOn}>
            {state.sending ? 'Stop sending' : 'Send one after another'}
          </button>
          <button type="button" disabled={!ready} onClick={again}>
            Begin again
          </button>
        </p>
        <ul class="slow-rows plain-list">
          {state.members.map((member) => (
            <Row key={member.name} member={member} max={state.maxUnsentBytes} stopped={state.stopped} />
          ))}
        </ul>
        <p class="verdict" data-tone={closed ? 'danger' : undefined} role="status">
          {summarizeSlow(state)}
        </p>
      </div>
      <LinkNote
        {...{ link, look, simulate }}
        example={HOW}
        live={HOW}
        simulated="Simulated: the page counts as our server does, and what the system keeps is as large as in a run on Linux."
      />
    </section>
  );
}

function Row({
  member,
  max,
  stopped,
}: {
  readonly member: MemberRow;
  readonly max: number;
  readonly stopped: boolean;
}) {
  const { name, unsentBytes, closed, gone } = member;
  const id = useId();
  const does = name === SLOW && stopped ? 'does not read' : 'reads';
  return (
    <li class="slow-row" data-closed={closed !== undefined || undefined}>
      <label for={id}>
        <b>{name}</b> {closed === undefined ? does : gone ? 'is gone' : 'is closed'}
      </label>
      <meter id={id} min={0} max={max} value={Math.min(unsentBytes, max)} />
      <span class="slow-bytes">{countBytes(unsentBytes)} unsent</span>
    </li>
  );
}
