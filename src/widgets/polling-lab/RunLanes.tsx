import { TRANSPORTS, type Transport } from '../../companion/polling.ts';
import { type Lane, laneOf, windowOf } from './lanes.ts';
import { lastStart, TRANSPORT_NAMES } from './model.ts';
import { ticksTo } from './statistics.ts';
import type { PollingLabFigure } from './use-polling-lab.ts';

const LEGEND = [
  ['event', 'an event happens'],
  ['event-wait', 'it waits for a request'],
  ['message', 'it travels'],
  ['request', 'a request'],
  ['request-wait', 'a request waits for an event'],
  ['empty', 'an answer without an event'],
] as const;

/** In pixels. */
const Y = { server: 12, client: 62, ticks: 80 } as const;
const DOT = 3.5;

/** A part of the run as two time lines, that of a WebSocket below the other. */
export function RunLanes({ figure: { state, dispatch } }: { readonly figure: PollingLabFigure }) {
  const { result, shown, fromMs } = state;
  const widthMs = windowOf(result);
  const last = lastStart(result);
  return (
    <div class="pl-lanes">
      <h4>A part of the run, on two clocks</h4>
      <div class="pl-controls needs-js">
        <label class="pl-choice">
          Compare with the WebSocket
          <select
            value={shown}
            onChange={(event) => dispatch({ type: 'show', transport: event.currentTarget.value as Transport })}
          >
            {TRANSPORTS.filter((name) => name !== 'websocket').map((name) => (
              <option key={name} value={name}>
                {TRANSPORT_NAMES[name]}
              </option>
            ))}
          </select>
        </label>
        {last > 0 && (
          <label class="pl-slider">
            <span>From {fromMs} ms on</span>
            <input
              type="range"
              min={0}
              max={last}
              step={10}
              value={fromMs}
              onInput={(event) => dispatch({ type: 'from', ms: Number(event.currentTarget.value) })}
            />
          </label>
        )}
      </div>
      {[shown, 'websocket' as const].map((name, index) => (
        <LaneView
          key={index === 0 ? 'shown' : name}
          title={TRANSPORT_NAMES[name]}
          lane={laneOf(result, name, fromMs, fromMs + widthMs)}
          fromMs={fromMs}
          toMs={fromMs + widthMs}
        />
      ))}
      <ul class="pl-legend plain-list">
        {LEGEND.map(([name, text]) => (
          <li key={name}>
            <svg aria-hidden="true">
              {name === 'event' ? (
                <circle class="pl-event" cx="50%" cy="50%" r={DOT} />
              ) : (
                <line class={`pl-${name}`} x1="0" x2="100%" y1="50%" y2="50%" />
              )}
            </svg>
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface LaneProps {
  readonly title: string;
  readonly lane: Lane;
  readonly fromMs: number;
  readonly toMs: number;
}

function LaneView({ title, lane: { arrows, waits, eventsMs }, fromMs, toMs }: LaneProps) {
  const x = (ms: number) => `${1 + (98 * (ms - fromMs)) / (toMs - fromMs)}%`;
  return (
    <div class="pl-lane">
      <h5>{title}</h5>
      <span>server</span>
      <svg aria-hidden="true">
        <line class="pl-clock" x1="0" x2="100%" y1={Y.server} y2={Y.server} />
        <line class="pl-clock" x1="0" x2="100%" y1={Y.client} y2={Y.client} />
        {/* A number at the very end would be cut. */}
        {ticksTo(toMs - (toMs - fromMs) / 25, fromMs).map((ms) => (
          <text key={ms} x={x(ms)} y={Y.ticks}>
            {ms}
          </text>
        ))}
        {waits.map(({ kind, fromMs: start, toMs: end }, index) => (
          <line key={index} class={`pl-${kind}-wait`} x1={x(start)} x2={x(end)} y1={Y.server} y2={Y.server} />
        ))}
        {arrows.map(({ kind, from, sentMs, arrivesMs, count }) => (
          <g key={`${kind}-${sentMs}`}>
            <line
              class={`pl-${kind}`}
              x1={x(sentMs)}
              x2={x(arrivesMs)}
              y1={Y[from]}
              y2={Y[from === 'server' ? 'client' : 'server']}
            />
            {count > 1 && (
              <text class="pl-count" x={x((sentMs + arrivesMs) / 2)} y={(Y.server + Y.client) / 2}>
                {count}
              </text>
            )}
          </g>
        ))}
        {eventsMs.map((ms) => (
          <circle key={ms} class="pl-event" cx={x(ms)} cy={Y.server} r={DOT} />
        ))}
      </svg>
      <span>client</span>
    </div>
  );
}
