import './polling-lab.css';
import { countEvents, POLLING_BOUNDS, type PollingSettings, TRANSPORTS } from '../../companion/polling.ts';
import { countNoun } from '../../text/count.ts';
import { LinkBadge, LinkNote } from '../base/link/LinkNote.tsx';
import { Bandwidth } from './Bandwidth.tsx';
import { announceRun, describeRun, presentClaims, presentRows } from './model.ts';
import { RunLanes } from './RunLanes.tsx';
import { Strips } from './Strips.tsx';
import { type PollingLabFigure, usePollingLab } from './use-polling-lab.ts';

/** The same events to the page in four ways: what each costs, and how long each event takes. */
export default function PollingLab() {
  const figure = usePollingLab();
  const { state, companion } = figure;
  const { link } = companion;
  const rows = presentRows(state);
  return (
    <section
      class="figure wide polling-lab"
      aria-labelledby="polling-lab-title"
      data-origin={state.origin}
      data-pagefind-ignore
    >
      <header class="figure-bar">
        <h3 class="figure-title" id="polling-lab-title">
          The same events, four ways
        </h3>
        <LinkBadge link={link} />
      </header>
      <div class="figure-body">
        <Controls figure={figure} />
        <p class="visually-hidden" role="status">
          {announceRun(state)}
        </p>
        {(state.problem || figure.problem) && (
          <p class="verdict" data-tone="danger" role="alert">
            {state.problem} {figure.problem}
          </p>
        )}
        <p class="pl-said">{describeRun(state)}</p>
        <table class="pl-rows">
          <thead>
            <tr>
              <th scope="col">Way</th>
              <th scope="col">Overhead of an event</th>
              <th scope="col">Median</th>
              <th scope="col">Longest</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ transport, name, requests, overhead, share, latency }) => (
              <tr key={transport} data-transport={transport}>
                <th scope="row">
                  {name} <span class="pl-requests">{countNoun(requests, 'request')}</span>
                </th>
                <td>
                  {overhead} bytes
                  <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect width={Math.max(100 * share, 0.4)} height="1" />
                  </svg>
                </td>
                <td>{Math.round(latency.median)} ms</td>
                <td>{Math.round(latency.longest)} ms</td>
              </tr>
            ))}
          </tbody>
        </table>
        <fieldset class="pl-layers needs-js">
          <legend>Add to the measured bytes what is computed for</legend>
          {LAYERS.map(([layer, label]) => (
            <label key={layer}>
              <input
                type="checkbox"
                checked={state.layers[layer]}
                onChange={(event) => figure.count(layer, event.currentTarget.checked)}
              />
              {label}
            </label>
          ))}
        </fieldset>
        <Strips result={state.result} />
        <RunLanes figure={figure} />
        <Claims figure={figure} />
        <Bandwidth figure={figure} rows={rows} />
      </div>
      <LinkNote
        link={link}
        look={companion.look}
        simulate={companion.simulate}
        example="A worked example, computed with the lengths of Chromium’s headers. With JavaScript on, you measure your own."
        live="The companion counts the bytes of each connection at its socket, your browser’s own headers included. It delays each way by itself, and opens the WebSocket and the stream before the first event."
        simulated="This network is simulated: each way takes exactly that long, and the headers have the lengths that were recorded with Chromium 153."
      />
    </section>
  );
}

const LAYERS = [
  ['http2', 'HTTP/2, which compresses headers'],
  ['tls', 'TLS: 22 bytes for each record'],
  ['tcp', 'TCP and IP: 40 bytes for each packet'],
] as const;

const SLIDERS: readonly (readonly [name: keyof PollingSettings, label: string])[] = [
  ['delayMs', 'One way takes'],
  ['everyMs', 'An event every'],
  ['pollMs', 'Poll again after'],
];

function Controls({ figure }: { readonly figure: PollingLabFigure }) {
  const { state, companion, change, run, stop } = figure;
  const { settings, phase, came } = state;
  const runs = phase === 'running';
  const { state: linkState } = companion.link;
  return (
    <div class="pl-controls needs-js">
      {SLIDERS.map(([name, label]) => (
        <label class="pl-slider" key={name}>
          <span>
            {label} {settings[name]} ms
          </span>
          <input
            type="range"
            {...POLLING_BOUNDS[name]}
            step={10}
            value={settings[name]}
            disabled={runs}
            onInput={(event) => change({ [name]: Number(event.currentTarget.value) })}
          />
        </label>
      ))}
      {linkState !== 'simulated' && (
        <div class="pl-run">
          {runs ? (
            <button type="button" onClick={stop}>
              Stop the run
            </button>
          ) : (
            <button type="button" class="primary" disabled={linkState !== 'live'} onClick={run}>
              Run all four
            </button>
          )}
          <progress
            aria-label="Events that have come"
            max={TRANSPORTS.length * countEvents(settings)}
            value={runs ? came : 0}
          />
        </div>
      )}
    </div>
  );
}

function Claims({ figure }: { readonly figure: PollingLabFigure }) {
  return (
    <div class="pl-claims">
      <h4>What was claimed, and what this run says</h4>
      <dl>
        {presentClaims(figure.state).map(({ claim, own, why }) => (
          <div key={claim}>
            <dt>{claim}</dt>
            <dd class="pl-own">{own}</dd>
            <dd>{why}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
