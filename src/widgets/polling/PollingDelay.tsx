import './polling.css';
import { useState } from 'preact/hooks';
import { sayIgnored } from '../base/address/say-ignored.ts';
import { useHashParameters } from '../base/address/use-hash-parameters.ts';
import { type Course, longPolling, messageTimes, pushing } from '../base/polling-cost/delay.ts';

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
          How long a message is on its way
        </h3>
        <p class="badge">computed in this page</p>
      </header>
      <div class="figure-body">
        <div class="polling-controls needs-js">
          <Slider label="One way takes" name="delay" value={delay} onValue={(ms) => change({ delay: ms })} />
          <Slider label="A message comes up every" name="every" value={every} onValue={(ms) => change({ every: ms })} />
        </div>
        <Lane title="Long polling" course={polled} endMs={endMs} />
        <Lane title="WebSocket" course={pushed} endMs={endMs} />
        <p class="verdict" role="status">
          {problem} With {delay} ms one way and a message every {every} ms, long polling brings a message after{' '}
          {Math.round(polled.averageMs)} ms on average and {Math.round(polled.worstMs)} ms at worst; a WebSocket brings
          each after {delay} ms. That is {ratio(polled.averageMs)}:1 on average, {ratio(polled.worstMs)}:1 at worst.
        </p>
      </div>
      <footer class="figure-note">
        Solid: a message on its way. Dashed: the client asks for the next. Time runs from left to right,{' '}
        {Math.round(endMs)} ms in all.
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

interface LaneProps {
  readonly title: string;
  readonly course: Course;
  readonly endMs: number;
}

/** The server's clock on top, the client's below; what leans to the right takes time. */
function Lane({ title, course, endMs }: LaneProps) {
  const y = (end: 'client' | 'server') => (end === 'server' ? 6 : 54);
  return (
    <div class="polling-lane">
      <h4>{title}</h4>
      <span>server</span>
      <svg viewBox={`0 0 ${endMs} 60`} preserveAspectRatio="none" aria-hidden="true">
        <line class="lane-clock" x1="0" x2={endMs} y1={y('server')} y2={y('server')} />
        <line class="lane-clock" x1="0" x2={endMs} y1={y('client')} y2={y('client')} />
        {course.arrows.map(({ kind, from, sentMs, arrivesMs }) => (
          <line
            key={`${kind}-${sentMs}`}
            class={`lane-${kind}`}
            x1={sentMs}
            x2={arrivesMs}
            y1={y(from)}
            y2={y(from === 'server' ? 'client' : 'server')}
          />
        ))}
      </svg>
      <span>client</span>
    </div>
  );
}
