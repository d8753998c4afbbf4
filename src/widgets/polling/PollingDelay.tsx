import './polling.css';
import { useState } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { longPolling, messageTimes, pushing } from '../base/polling-cost/delay.ts';
import { type Lane, laneOf, ticksOf } from './lane.ts';

/** The delay that the claim was made with, and messages that come faster than a way there and back. */
const FIRST = { delay: 50, every: 60 };
const BOUNDS = { delay: { min: 1, max: 300 }, every: { min: 5, max: 700 } } as const;

/** How long messages wait, asked for and pushed, as two diagrams over one clock. */
export default function PollingDelay() {
  const [{ delay, every }, set] = useState(FIRST);
  const show = (next: typeof FIRST) => {
    set(next);
    return { delay: String(next.delay), every: String(next.every) };
  };
  const [plays, setPlays] = useState(0);
  const { write, problem } = useHashParameters((asked) =>
    sayIgnored(asked, show({ delay: askedFor(asked, 'delay'), every: askedFor(asked, 'every') })),
  );
  const change = (values: Partial<typeof FIRST>) => write(show({ delay, every, ...values }));

  const messages = messageTimes(every);
  const polled = longPolling(delay, messages);
  const pushed = pushing(delay, messages);
  const endMs = Math.max(...polled.arrows.map(({ arrivesMs }) => arrivesMs));
  const ratio = (of: number) => (of / delay).toFixed(1);
  return (
    <section class="figure polling" aria-labelledby="polling-delay-title" data-pagefind-ignore>
      <header class="figure-bar">
        <h3 class="figure-title" id="polling-delay-title">
          How long a message takes
        </h3>
        <p class="badge">computed in this page</p>
      </header>
      <div class="figure-body">
        <div class="polling-controls needs-js">
          <Slider label="One way takes" name="delay" value={delay} onValue={(ms) => change({ delay: ms })} />
          <Slider label="A new message every" name="every" value={every} onValue={(ms) => change({ every: ms })} />
          <button type="button" class="polling-play" onClick={() => setPlays(plays + 1)}>
            Play
          </button>
        </div>
        <LaneView title="Long polling" lane={laneOf(polled, delay, messages)} endMs={endMs} plays={plays} />
        <LaneView title="WebSocket" lane={laneOf(pushed, delay, messages)} endMs={endMs} plays={plays} />
        <ul class="lane-legend plain-list">
          {LEGEND.map(([name, text]) => (
            <li key={name}>
              <svg aria-hidden="true">
                {name === 'ready' ? (
                  <circle class="lane-ready" cx="50%" cy="50%" r={DOT} />
                ) : (
                  <line class={`lane-${name}`} x1="0" x2="100%" y1="50%" y2="50%" />
                )}
              </svg>
              {text}
            </li>
          ))}
        </ul>
        <p class="verdict" role="status">
          {problem} With {delay} ms one way and a message every {every} ms, long polling takes{' '}
          {Math.round(polled.averageMs)} ms for a message on average and {Math.round(polled.worstMs)} ms at worst. A
          WebSocket takes {delay} ms for each. That is {ratio(polled.averageMs)}:1 on average, {ratio(polled.worstMs)}:1
          at worst.
        </p>
      </div>
      <footer class="figure-note">
        Time runs from left to right, in milliseconds. With long polling, one answer carries all messages that are
        ready. If there are several, the arrow shows their number.
      </footer>
    </section>
  );
}

function askedFor(asked: URLSearchParams, name: keyof typeof BOUNDS): number {
  const value = asked.get(name) ?? '';
  if (!/^\d{1,4}$/.test(value)) return FIRST[name];
  return Math.min(Math.max(Number(value), BOUNDS[name].min), BOUNDS[name].max);
}

interface SliderProps {
  readonly label: string;
  readonly name: keyof typeof BOUNDS;
  readonly value: number;
  readonly onValue: (value: number) => void;
}

function Slider({ label, name, value, onValue }: SliderProps) {
  return (
    <label class="polling-slider">
      <span>
        {label} {value} ms
      </span>
      <input
        type="range"
        {...BOUNDS[name]}
        value={value}
        onInput={(event) => onValue(Number(event.currentTarget.value))}
      />
    </label>
  );
}

const LEGEND = [
  ['ready', 'a message is ready'],
  ['wait', 'it waits for a request'],
  ['message', 'it travels'],
  ['request', 'the client’s next request'],
] as const;

/** Pixels: the diagram is stretched by percentages, so that its dots and digits are not. */
const Y = { server: 12, client: 58, ticks: 76 } as const;
const DOT = 3.5;

interface LaneProps {
  readonly title: string;
  readonly lane: Lane;
  readonly endMs: number;
  /** Each new number draws the lane once more, slowly, from its beginning. */
  readonly plays: number;
}

/** The server's clock on top, the client's below; the further a line leans to the right, the longer it takes. */
function LaneView({ title, lane: { waits, arrows }, endMs, plays }: LaneProps) {
  const x = (ms: number) => `${2 + (96 * ms) / endMs}%`;
  return (
    <div class="polling-lane">
      <h4>{title}</h4>
      <span>server</span>
      <svg key={plays} data-plays={plays > 0 || undefined} aria-hidden="true">
        <line class="lane-clock" x1="0" x2="100%" y1={Y.server} y2={Y.server} />
        <line class="lane-clock" x1="0" x2="100%" y1={Y.client} y2={Y.client} />
        {ticksOf(endMs).map((ms) => (
          <text key={ms} x={x(ms)} y={Y.ticks}>
            {ms}
          </text>
        ))}
        {arrows.map(({ kind, from, sentMs, arrivesMs, messages }) => (
          <g key={`${kind}-${sentMs}`}>
            <line
              class={`lane-${kind}`}
              x1={x(sentMs)}
              x2={x(arrivesMs)}
              y1={Y[from]}
              y2={Y[from === 'server' ? 'client' : 'server']}
            />
            {messages > 1 && (
              <text class="lane-count" x={x((sentMs + arrivesMs) / 2)} y={(Y.server + Y.client) / 2}>
                {messages}
              </text>
            )}
          </g>
        ))}
        {waits.map(({ fromMs, toMs }) => (
          <g key={fromMs}>
            <line class="lane-wait" x1={x(fromMs)} x2={x(toMs)} y1={Y.server} y2={Y.server} />
            <circle class="lane-ready" cx={x(fromMs)} cy={Y.server} r={DOT} />
          </g>
        ))}
      </svg>
      <span>client</span>
    </div>
  );
}
