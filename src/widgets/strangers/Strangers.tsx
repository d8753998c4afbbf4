import './strangers.css';
import { useEffect, useState } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { useCompanion } from '../base/link/use-companion.ts';
import {
  ASKING,
  INITIAL_STRANGERS,
  presentStrangers,
  SAME_SITE,
  type ServerRow,
  type StrangersState,
  TARGETS,
} from './model.ts';
import { type StrangersRun, sendStrangers } from './send-strangers.ts';

const TONES: Readonly<Record<ServerRow['verdict'], string>> = {
  right: 'ok',
  hijacked: 'danger',
  reached: 'danger',
  open: 'info',
  refused: 'ok',
  'shut-out': 'danger',
};

/** Pages of several origins ask for a WebSocket: what the browser sends, and what four servers make of it. */
export default function Strangers() {
  const [state, set] = useState(INITIAL_STRANGERS);
  const [run, setRun] = useState<StrangersRun | undefined>(undefined);
  const [isSending, setIsSending] = useState(false);
  const companion = useCompanion();
  const { link } = companion;
  const { write, problem } = useHashParameters((asked) => {
    const next = stateOf(asked);
    set((before) => ({ ...before, ...next }));
    return sayIgnored(asked, { page: next.asking, cookie: next.sameSite });
  });
  useEffect(() => set((before) => ({ ...before, host: location.host })), []);
  const choose = (values: Partial<StrangersState>): void => {
    const next = { ...state, ...values };
    set(next);
    // An answer to another request says nothing about this one.
    setRun(undefined);
    write({ page: next.asking, cookie: next.sameSite });
  };
  const send = (): void => {
    setIsSending(true);
    void sendStrangers(state, link.state === 'live').then((next) => {
      setIsSending(false);
      setRun(next);
      if ('whySimulated' in next && next.whySimulated !== '') companion.lose(next.whySimulated);
    });
  };
  const { about, lines, cookie, rows } = presentStrangers(state);
  return (
    <section
      class="figure wide strangers"
      aria-labelledby="strangers-title"
      data-cookie={state.sameSite}
      data-pagefind-ignore
    >
      <header class="figure-bar">
        <h3 class="figure-title" id="strangers-title">
          Who asks, and who gets in
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body">
        <div class="strangers-choices needs-js">
          <label>
            A WebSocket is opened by
            <select
              value={state.asking}
              onChange={(event) => choose({ asking: event.currentTarget.value as StrangersState['asking'] })}
            >
              {ASKING.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            Your cookie is marked
            <select
              value={state.sameSite}
              onChange={(event) => choose({ sameSite: event.currentTarget.value as StrangersState['sameSite'] })}
            >
              <option value="none">SameSite=None</option>
              <option value="lax">SameSite=Lax</option>
              <option value="strict">SameSite=Strict</option>
            </select>
          </label>
        </div>
        <p>{about}</p>
        <dl class="strangers-lines">
          {lines.map(([name, value]) => (
            <div key={name} data-sent={value !== '' || undefined}>
              <dt>{name}</dt>
              <dd>{value || 'not sent'}</dd>
            </div>
          ))}
        </dl>
        <p class="strangers-cookie">{cookie}</p>
        <table class="strangers-rows">
          <thead>
            <tr>
              <th scope="col">Server</th>
              <th scope="col">Status</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, status, verdict, sentence }) => (
              <tr key={id} data-server={id} data-verdict={verdict}>
                <th scope="row">{name}</th>
                <td>{status}</td>
                <td data-tone={TONES[verdict]}>{sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div class="needs-js">
          <button type="button" disabled={isSending || link.state === 'looking'} onClick={send}>
            Send this request to both paths
          </button>
        </div>
        <div class="strangers-answer" role="status">
          {problem && <p>{problem}</p>}
          {run !== undefined && <Answers run={run} />}
        </div>
      </div>
      <LinkNote
        link={link}
        look={companion.look}
        simulate={companion.simulate}
        example="A worked example, decided by the companion’s own policy. With JavaScript on, you choose who asks."
        live="A page cannot lie about its origin. So the companion sends this request to itself, byte for byte as that browser would."
        simulated="The same policy that the companion uses decides in this page."
      />
    </section>
  );
}

function Answers({ run }: { readonly run: StrangersRun }) {
  if ('problem' in run) return <p>{run.problem}</p>;
  return (
    <>
      {run.whySimulated && <p>{run.whySimulated}</p>}
      <dl>
        {run.answers.map(({ target, statusLine, body }) => (
          <div key={target} data-answer={target}>
            <dt>
              {TARGETS[target].split('?')[0]}: {statusLine}
              {run.live ? '' : ' (simulated in this page)'}
            </dt>
            {body !== '' && <dd>{body}</dd>}
          </div>
        ))}
      </dl>
    </>
  );
}

function stateOf(asked: URLSearchParams): Pick<StrangersState, 'asking' | 'sameSite'> {
  const { asking, sameSite } = INITIAL_STRANGERS;
  return {
    asking: ASKING.find(({ id }) => id === asked.get('page'))?.id ?? asking,
    sameSite: SAME_SITE.find((each) => each === asked.get('cookie')) ?? sameSite,
  };
}
