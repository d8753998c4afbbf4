import { TRANSPORTS } from '../../companion/polling.ts';
import type { PollingResult } from '../../lab/polling/result.ts';
import { TRANSPORT_NAMES } from './model.ts';
import { STRIP_ROWS, stripOf, summarize, ticksTo } from './statistics.ts';

/** In pixels: the drawing is stretched by percentages, so that its dots and digits are not. */
const ROW = 5;
const HEIGHT = STRIP_ROWS * ROW + 3;

/** How long each event took: a dot for each, over one axis. */
export function Strips({ result: { transports } }: { readonly result: PollingResult }) {
  const endMs = 1.02 * Math.max(...TRANSPORTS.flatMap((name) => transports[name].latenciesMs), 10);
  const x = (ms: number) => `${1 + (98 * ms) / endMs}%`;
  return (
    <figure class="pl-strips">
      <h4>How long each event took</h4>
      {TRANSPORTS.map((name) => {
        const { latenciesMs } = transports[name];
        const { shortest, median, longest } = summarize(latenciesMs);
        const spoken = [shortest, median, longest].map(Math.round);
        return (
          <div class="pl-strip" key={name} data-transport={name}>
            <span>{TRANSPORT_NAMES[name]}</span>
            <svg
              role="img"
              aria-label={`${TRANSPORT_NAMES[name]}: from ${spoken[0]} to ${spoken[2]} ms, median ${spoken[1]} ms`}
            >
              <line x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} />
              {stripOf(latenciesMs, endMs).map(({ ms, row }, index) => (
                <circle key={index} cx={x(ms)} cy={HEIGHT - 3.5 - row * ROW} r="2.5" />
              ))}
            </svg>
          </div>
        );
      })}
      <div class="pl-strip pl-axis">
        <span />
        <svg aria-hidden="true">
          {ticksTo(endMs).map((ms) => (
            <text key={ms} x={x(ms)} y="12">
              {ms}
            </text>
          ))}
        </svg>
      </div>
      <figcaption>Milliseconds from when an event happened to when the page had it. One dot is one event.</figcaption>
    </figure>
  );
}
